"""Which stations a champion covers, and which of them they lead."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from champions.models import Champion, Coverage, Ended
from champions.reminders import LEAD
from wellbeing.people import history
from wellbeing.people.models import Person, Station
from wellbeing.reminders.actions import refresh

from .rows import end, locked, refuse_former


@transaction.atomic
def set_coverage(*, champion: Champion, stations: Iterable[Station], by: Person | None) -> None:
    """Let `champion` cover exactly these stations. Where they go on covering one they lead, they go on leading it.

    Raises ValidationError for a closed station, and for somebody who is not a champion now.
    """
    champion = locked(champion)
    refuse_former(champion)
    wanted = {station.pk: station for station in stations}
    if closed := [station.name for station in wanted.values() if station.closed]:
        raise ValidationError(f"{closed[0]} is closed: nobody covers it any more.")
    live = {row.station_id: row for row in champion.coverage.live()}
    ended, begun = live.keys() - wanted.keys(), wanted.keys() - live.keys()
    end(champion.coverage.live().filter(station__in=ended), Ended.CHANGED)
    Coverage.objects.bulk_create([Coverage(champion=champion, station=wanted[pk]) for pk in begun])
    if ended or begun:
        details = {"stations": [sorted(live), sorted(wanted)]}
        history.record(by=by, verb="changed stations", about=champion, details=details)


@transaction.atomic
def make_lead(*, champion: Champion, station: Station, by: Person | None) -> Coverage:
    """Make a champion who covers `station` its lead, in place of whoever was; returns the coverage.

    Two people doing this at once wait for each other, and the later one stands. Raises ValidationError
    for somebody who does not cover the station.
    """
    station = Station.objects.select_for_update().get(pk=station.pk)
    coverage = champion.coverage.live().filter(station=station).select_related("champion").first()
    if coverage is None:
        raise ValidationError(f"{champion} does not cover {station}.")
    if coverage.is_lead:
        return coverage
    _free(Coverage.objects.live().filter(station=station, is_lead=True), by=by)
    coverage.is_lead = True
    coverage.save(update_fields=["is_lead"])
    history.record(by=by, verb="made station lead", about=champion, details={"station": [None, station.pk]})
    return coverage


@transaction.atomic
def set_leads(*, champion: Champion, stations: Iterable[Station], by: Person | None) -> None:
    """Let `champion` lead exactly these of the stations they cover. Raises ValidationError as `make_lead`."""
    wanted = {station.pk: station for station in stations}
    for coverage in champion.coverage.live().filter(is_lead=True).exclude(station__in=wanted).select_related("station"):
        free_lead(station=coverage.station, by=by)
    for station in wanted.values():
        make_lead(champion=champion, station=station, by=by)


@transaction.atomic
def free_lead(*, station: Station, by: Person | None) -> None:
    """Leave `station` without a lead."""
    Station.objects.select_for_update().get(pk=station.pk)
    _free(Coverage.objects.live().filter(station=station, is_lead=True), by=by)


def _free(leads, *, by: Person | None) -> None:
    for coverage in leads.select_related("champion__person"):
        details = {"station": [coverage.station_id, None]}
        history.record(by=by, verb="no longer station lead", about=coverage.champion, details=details)
    freed = list(leads.values_list("pk", flat=True))
    leads.update(is_lead=False, lead_handed_on=None)
    refresh(LEAD, *freed)
