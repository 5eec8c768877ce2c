"""A champion's time: begun after training, refreshed, gone on with for another term."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from champions import queries
from champions.models import Champion, Rules, State
from champions.queries import life
from wellbeing.people import history
from wellbeing.people.models import Change, Person, Station
from wellbeing.training.dates import months_after
from wellbeing.training.models import Completion, Purpose

from .coverage import set_coverage
from .rows import locked, refuse_former, refuse_unlistable, tell, write

REFRESHED, TAKEN_BACK = "refreshed", "refresher taken back"


@transaction.atomic
def begin(*, champion: Champion, by: Person, stations: Iterable[Station] = (), **entry) -> Champion:
    """List somebody who is trained, as they want to be reached, from today; returns their entry.

    Their term begins today, and so do the weeks to their first supervision. Raises ValidationError for whoever is not
    trained, is a champion already, or waits for their vetting to be noted.
    """
    champion = locked(champion)
    rules = queries.rules()
    if champion.state != State.TRAINING or champion.trained_on is None:
        raise ValidationError("This entry does not wait to begin.")
    if rules.needs_vetting and champion.vetting_confirmed_on is None:
        raise ValidationError("The vetting is not confirmed yet.")
    refuse_unlistable(champion.person)
    today = timezone.localdate()
    dates = {
        "serving_since": today,
        "term_ends": _end_of_term(today, rules),
        "supervision_due": first_supervision(rules),
    }
    write(champion, {**entry, **dates, "state": State.ACTIVE})
    history.record(by=by, verb="began", about=champion, details={"state": [State.TRAINING, State.ACTIVE]})
    set_coverage(champion=champion, stations=stations, by=by)
    tell(champion)
    return champion


@transaction.atomic
def go_on(*, champion: Champion, term_ends: date, by: Person) -> Champion:
    """Serve another term after the one that ends on `term_ends`; asked twice, it is one. Returns the entry.

    Raises ValidationError longer before its end than that is asked.
    """
    champion = locked(champion)
    refuse_former(champion)
    if champion.term_ends != term_ends:
        return champion
    today = timezone.localdate()
    if not life.term_is_near(champion):
        raise ValidationError("This term has a while to go yet.")
    values = {"term_ends": _end_of_term(max(today, term_ends), queries.rules())}
    details = history.difference(champion, values)
    write(champion, values)
    history.record(by=by, verb="went on", about=champion, details=details)
    tell(champion)
    return champion


def first_supervision(rules: Rules) -> date:
    """By when somebody who begins today has supervision."""
    return timezone.localdate() + timedelta(weeks=rules.supervision_weeks)


def on_completions(completions: list[Completion], *, by: Person | None, undoing: bool) -> None:
    """Whoever completed a refresher is due for the next from that day; taken back, the dates are as they were."""
    days = {one.person_id: one.completed_on for one in completions if one.course.purpose == Purpose.REFRESHER}
    champions = Champion.objects.serving().filter(person__in=days).order_by("pk")
    champions = list(champions.select_for_update(of=("self",)).select_related("person"))
    for champion in champions:
        (_put_back if undoing else _refresh)(champion, days[champion.person_id], by=by)
    tell(*champions)


def _refresh(champion: Champion, day: date, *, by: Person | None) -> None:
    if champion.trained_on and champion.trained_on >= day:
        return
    _write_training(champion, day, months_after(day, queries.rules().refresher_months), by=by, verb=REFRESHED)


def _put_back(champion: Champion, day: date, *, by: Person | None) -> None:
    if champion.trained_on != day:
        return  # something later stands on it
    told = {"verb": REFRESHED, "details__trained_on__1": day.isoformat()}
    was: Change | None = history.of(champion).filter(**told).first()
    if was is None:
        return
    before = [date.fromisoformat(pair[0]) if pair[0] else None for pair in map(was.details.get, _TRAINING)]
    _write_training(champion, *before, by=by, verb=TAKEN_BACK)


_TRAINING = ("trained_on", "refresher_due")


def _write_training(champion: Champion, *days: date | None, by: Person | None, verb: str) -> None:
    values = dict(zip(_TRAINING, days, strict=True))
    details = {name: [_plain(getattr(champion, name)), _plain(value)] for name, value in values.items()}
    write(champion, values)
    history.record(by=by, verb=verb, about=champion, details=details)


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _end_of_term(begins: date, rules: Rules) -> date | None:
    return months_after(begins, rules.term_months) if rules.term_months else None
