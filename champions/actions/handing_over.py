"""Stepping down: the end of somebody's time as a champion, and who leads their stations afterwards."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from champions.models import Champion, Coverage, Ended, Farewell, State
from champions.reminders import FAREWELL, LEAD
from wellbeing.people.models import Person, Station
from wellbeing.reminders.actions import refresh
from wellbeing.training.actions import places as training
from wellbeing.training.models import Place

from .coverage import free_lead, make_lead
from .rows import NOT_AWAY, end, move, refuse_former

_GONE = {"phone": "", "about_me": "", "term_ends": None, "supervision_due": None, **NOT_AWAY}


@transaction.atomic
def step_down(
    *,
    champion: Champion,
    by: Person | None,
    leads: Mapping[Station, Champion] | None = None,
    give_back: Iterable[Place] = (),
    tell_manager: bool = False,
) -> Champion:
    """End somebody's time as a champion, at once: off every page, and their stations free for another lead.

    `leads`: to whom they hand the lead of which station; `give_back`: places in trainings that they will not use.
    Their line manager is told with `tell_manager` alone, which is theirs to say. Raises ValidationError where one of
    those to lead is no longer there for it, and nothing is done then.
    """
    leads = leads or {}
    # Sessions are locked before the entries, in the order of their keys, as everybody locks them.
    for place in sorted(give_back, key=lambda place: place.session_id):
        training.withdraw(place=place, by=by)
    _lock_all(champion, leads.values())
    refuse_former(champion)
    for station in sorted(leads, key=lambda station: station.pk):
        _hand_over(champion, station, to=leads[station], by=by)
    Champion.objects.filter(cover=champion).update(cover=None)
    champion = move(champion, State.STEPPED_DOWN, by=by, verb="stepped down", **_GONE)
    _end_coverage(champion)
    if tell_manager and by == champion.person and champion.person.line_manager_id:
        _say_farewell(champion.person)
    return champion


@transaction.atomic
def keep_lead(*, coverage: Coverage, by: Person) -> None:
    """Take on a station's lead that was handed over."""
    _answered(coverage)


@transaction.atomic
def hand_lead_back(*, coverage: Coverage, by: Person) -> None:
    """Not take it on: the station has no lead until somebody is found. No reason is asked."""
    if _answered(coverage):
        free_lead(station=coverage.station, by=by)


def _lock_all(champion: Champion, others: Iterable[Champion]) -> None:
    """Whoever is concerned, always in the same order: two who hand over to each other wait, and do not deadlock."""
    keys = [champion.pk, *(other.pk for other in others)]
    concerned = Champion.objects.filter(Q(pk__in=keys) | Q(cover=champion)).order_by("pk")
    now = {one.pk: one for one in concerned.select_for_update(of=("self",)).select_related("person")}
    for one in (champion, *others):
        one.state, one.cover_id = now[one.pk].state, now[one.pk].cover_id


def _hand_over(champion: Champion, station: Station, *, to: Champion, by: Person | None) -> None:
    if not champion.coverage.live().filter(station=station, is_lead=True).exists():
        return  # somebody else was made lead meanwhile, and stays it
    if to == champion or not to.is_listed:
        raise ValidationError(f"{to} can no longer lead {station}. Choose again.")
    coverage = make_lead(champion=to, station=station, by=by)
    coverage.lead_handed_on = timezone.localdate()
    coverage.save(update_fields=["lead_handed_on"])
    refresh(LEAD, coverage.pk)


def _end_coverage(champion: Champion) -> None:
    ending = list(champion.coverage.live().values_list("pk", flat=True))
    end(champion.coverage.live(), Ended.STEPPED_DOWN)
    refresh(LEAD, *ending)


def _say_farewell(person: Person) -> None:
    farewell = Farewell.objects.create(person=person, manager_id=person.line_manager_id)
    refresh(FAREWELL, farewell.pk)


def _answered(coverage: Coverage) -> bool:
    """Whether it was theirs to answer still."""
    handed = Coverage.objects.live().filter(pk=coverage.pk, is_lead=True, lead_handed_on__isnull=False)
    was_open = handed.update(lead_handed_on=None) == 1
    refresh(LEAD, coverage.pk)
    return was_open
