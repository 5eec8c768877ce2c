"""What training does to champions: the functions that wait on `wellbeing.training.hooks`.

Each runs in the transaction in which the place moved or the completion was written, whoever acted: the coordinator, the
person themselves, or the worker.
"""

from champions.actions import offers, waiting
from champions.actions.rows import tell
from champions.models import COMING_STATES, Champion, State
from champions.queries import rules
from champions.reminders.waiting import LAPSED, OFFERED
from wellbeing.people import history
from wellbeing.reminders.actions import refresh
from wellbeing.training.dates import months_after
from wellbeing.training.models import TAKES_SEAT, Completion, Purpose, Session


def on_places(places, *, by, undoing: bool) -> None:
    """Whoever was offered a place, took it or gave it back is that far on the waiting list; what is free passes on."""
    sessions = Session.objects.filter(pk__in={place.session_id for place in places}, course__purpose=Purpose.CHAMPION)
    sessions = set(sessions.values_list("pk", flat=True))
    ours = [place for place in places if place.session_id in sessions]
    if not ours:
        return
    waiting.follow_places(people=sorted({place.person_id for place in ours}), by=by)
    keys = [place.pk for place in ours]
    refresh(OFFERED, *keys)
    refresh(LAPSED, *keys)
    if any(place.state not in TAKES_SEAT for place in ours):
        offers.wake()


def on_completions(completions, *, by, undoing: bool) -> None:
    """Whoever has completed the training to become a champion is off the list and may begin; taken back, they wait
    again, unless they have begun. It makes nobody a champion who never asked to be one."""
    ours = [completion for completion in completions if completion.course.purpose == Purpose.CHAMPION]
    people = sorted({completion.person_id for completion in ours})
    entries = Champion.objects.select_for_update(of=("self",)).filter(person__in=people).order_by("pk")
    entries = {entry.person_id: entry for entry in entries}
    for completion in ours:
        entry = entries.get(completion.person_id)
        if undoing:
            _not_trained(entry, by=by)
        elif entry:
            _trained(entry, completion, by=by)
    if undoing and people:
        waiting.back_on_list(people=people, by=by)


def _trained(entry: Champion, completion: Completion, *, by) -> None:
    """An older completion than the one known changes nothing. Whoever had stepped down stays so until they join."""
    if entry.trained_on and completion.completed_on <= entry.trained_on:
        return
    before = entry.state
    entry.state = State.TRAINING if before in COMING_STATES else before
    _write(entry, completion.completed_on, "trained", before, by=by)


def _not_trained(entry: Champion | None, *, by) -> None:
    if entry is None:
        return
    held = Completion.objects.filter(
        person=entry.person_id, course__purpose__in=(Purpose.CHAMPION, Purpose.REFRESHER)
    ).values_list("completed_on", flat=True)
    _write(entry, max(held, default=None), "not trained after all", entry.state, by=by)


def _write(entry: Champion, day, verb: str, before: str | None, *, by) -> None:
    details = {"state": [before, entry.state]} if before != entry.state else {}
    entry.trained_on = day
    entry.refresher_due = months_after(day, rules().refresher_months) if day else None
    entry.save(update_fields=["state", "trained_on", "refresher_due"])
    history.record(by=by, verb=verb, about=entry, details=details)
    tell(entry)
