"""Champions in the course of their time: supervision held and overdue, a term nearly over, somebody about to begin.

Days are counted from today.
"""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from champions import actions
from champions.actions.waiting import join
from champions.models import Champion, SupervisionCheckIn
from wellbeing.people.models import Person
from wellbeing.training.actions import completions
from wellbeing.web.identity import acting_as

from .training import courses

_TERM_LEFT, _REFRESHER_LEFT = 12, 10  # days, of the cast's champion
_SUPERVISED, _UNVETTED = 40, 2
_LONGEST_AGO = 110  # days: twelve weeks and some, so that a few are overdue


def serve(star: Person, coordinator: Person, trained: Person, rng: Random) -> int:
    """Note supervision of `star` and others, let the term of `star` end soon and have `trained` begin any day; returns
    how many had supervision, 0 where it is noted already."""
    with acting_as(coordinator):
        if SupervisionCheckIn.objects.exists():
            return 0
        _nearly_over(star.champion)
        _about_to_begin(trained, UUID(int=rng.getrandbits(128), version=4), by=coordinator)
        others = Champion.objects.listed().exclude(person__in=(star, coordinator)).order_by("person__staff_number")
        chosen = [*rng.sample(list(others), min(len(others), _SUPERVISED)), star.champion]
        for champion in chosen:
            held_on = timezone.localdate() - timedelta(days=rng.randrange(5, _LONGEST_AGO))
            actions.note_supervision(champion=champion, by=coordinator, held_on=held_on, with_whom=coordinator)
        for champion in chosen[:_UNVETTED]:
            actions.change_entry(champion=champion, by=coordinator, vetting_confirmed_on=None)
    return len(chosen)


def _nearly_over(champion: Champion) -> None:
    today = timezone.localdate()
    days = {"term_ends": today + timedelta(_TERM_LEFT), "refresher_due": today + timedelta(_REFRESHER_LEFT)}
    actions.change_entry(champion=champion, by=None, **days)


def _about_to_begin(person: Person, key: UUID, *, by: Person) -> None:
    """They waited, are trained and vetted, and on nobody's list: they say themselves how to be reached."""
    with acting_as(person):
        since = timezone.now() - timedelta(days=70)
        entry = join(by=person, why="I write the minutes, and would like to listen too.", since=since, key=key)
    on = timezone.localdate() - timedelta(days=6)
    completions.record(person=person, course=courses(by)["champion"], completed_on=on, by=by)
    actions.change_entry(champion=entry, by=by, vetting_confirmed_on=timezone.localdate() - timedelta(days=2))
