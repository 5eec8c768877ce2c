"""The only writes to champions. Each is atomic, recorded in the history, and takes who did it."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person, Station
from wellbeing.reminders.actions import refresh

from . import queries
from .models import OPEN_STATES, Champion, Coverage, Ended, Rules, State
from .reminders import AWAY, REFRESHER

# Contact details and words of one's own stand in no history: once changed, they are gone.
_NO_PAST = ("phone", "about_me")
_NOT_AWAY = {"away_from": None, "away_until": None, "cover": None}


@dataclass(frozen=True)
class Appointment:
    """Somebody to appoint: whom, which stations they cover, which of those they lead, what their entry says."""

    person: Person
    stations: tuple[Station, ...] = ()
    leads: tuple[Station, ...] = ()
    entry: dict = field(default_factory=dict)


@transaction.atomic
def appoint(*, person: Person, by: Person | None, stations: Iterable[Station] = (), **entry) -> Champion:
    """Make `person` a champion, or again one, listed at once; returns their entry.

    Raises ValidationError for somebody who is one already, is not on the roster today, or may not be listed.
    """
    former = Champion.objects.select_for_update().filter(person=person).first()
    if former is None:
        return appoint_many(by=by, appointments=[Appointment(person, tuple(stations), entry=entry)])[0]
    if former.state in OPEN_STATES:
        raise ValidationError(f"{person} is a champion already.")
    _refuse_unlistable(person)
    _write(former, {"state": State.ACTIVE, "state_before_leaving": "", **_NOT_AWAY, **_reckoned(former, entry)})
    history.record(by=by, verb="appointed again", about=former)
    set_coverage(champion=former, stations=stations, by=by)
    return former


@transaction.atomic
def appoint_many(*, by: Person | None, appointments: Iterable[Appointment]) -> list[Champion]:
    """Make champions of people who never were; the same few queries for each thousand. Returns their entries."""
    appointments = list(appointments)
    for appointment in appointments:
        _refuse_unlistable(appointment.person)
    months = queries.rules().refresher_months
    champions = [Champion(person=new.person, **_with_refresher(new.entry, months)) for new in appointments]
    Champion.objects.bulk_create(champions, batch_size=1000)
    Coverage.objects.bulk_create(
        [
            Coverage(champion=champion, station=station, is_lead=station in new.leads)
            for champion, new in zip(champions, appointments, strict=True)
            for station in new.stations
        ],
        batch_size=1000,
    )
    history.record_many(by=by, verb="appointed", about=[(champion, {}) for champion in champions])
    return champions


@transaction.atomic
def change_entry(*, champion: Champion, by: Person | None, **values) -> Champion:
    """Change what an entry says or the office keeps about it, and return it.

    The refresher's date follows from the training's unless it is given too. Raises ValidationError where
    a number is to be shown and there is none.
    """
    champion = _locked(champion)
    values = _reckoned(champion, values)
    details = _difference(champion, values)
    _write(champion, values)
    if (champion.show_phone or champion.show_text) and not champion.number:
        raise ValidationError("There is no number to show: enter one, or show the e-mail address alone.")
    if details:
        history.record(by=by, verb="changed", about=champion, details=details)
    refresh(REFRESHER, champion.pk)
    return champion


@transaction.atomic
def set_coverage(*, champion: Champion, stations: Iterable[Station], by: Person | None) -> None:
    """Let `champion` cover exactly these stations. Where they go on covering one they lead, they go on leading it.

    Raises ValidationError for a closed station, and for somebody who is not a champion now.
    """
    champion = _locked(champion)
    _refuse_former(champion)
    wanted = {station.pk: station for station in stations}
    if closed := [station.name for station in wanted.values() if station.closed]:
        raise ValidationError(f"{closed[0]} is closed: nobody covers it any more.")
    live = {row.station_id: row for row in champion.coverage.live()}
    ended, begun = live.keys() - wanted.keys(), wanted.keys() - live.keys()
    _end(champion.coverage.live().filter(station__in=ended), Ended.CHANGED)
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


@transaction.atomic
def pause(*, champion: Champion, by: Person | None) -> Champion:
    """Take the entry off the directory until `resume`; nobody is asked why."""
    return _move(champion, State.PAUSED, by=by, verb="paused", **_NOT_AWAY)


@transaction.atomic
def resume(*, champion: Champion, by: Person | None) -> Champion:
    """Put a paused entry back as it was."""
    return _move(champion, State.ACTIVE, by=by, verb="resumed", **_NOT_AWAY)


@transaction.atomic
def go_away(
    *, champion: Champion, first_day: date, last_day: date, by: Person | None, cover: Champion | None = None
) -> Champion:
    """Enter an absence, or change it: both days count as away. `cover` is named to whoever looks meanwhile.

    Raises ValidationError where the days are the wrong way round or over, for a cover who is not listed, and
    during a break: whoever is on one is off the directory until they `resume`, and dates would list them again.
    """
    _refuse_on_a_break(champion)
    if last_day < first_day:
        raise ValidationError({"last_day": "The last day away must be on or after the first."})
    if last_day < timezone.localdate():
        raise ValidationError({"last_day": "The last day away must be today or later."})
    if cover and (cover == champion or not cover.is_listed):
        raise ValidationError({"cover": "Choose another champion who is listed in the directory."})
    dates = {"away_from": first_day, "away_until": last_day, "cover": cover}
    return _move(champion, State.AWAY, by=by, verb="went away", **dates)


@transaction.atomic
def come_back(*, champion: Champion, by: Person | None) -> Champion:
    """End an absence now, or take back one entered ahead. Raises ValidationError during a break, as `go_away`."""
    _refuse_on_a_break(champion)
    return _move(champion, State.ACTIVE, by=by, verb="came back", **_NOT_AWAY)


@transaction.atomic
def step_down(*, champion: Champion, by: Person | None) -> Champion:
    """End somebody's time as a champion, at once: off every page, and their stations free for another lead."""
    champion = _move(champion, State.STEPPED_DOWN, by=by, verb="stepped down", phone="", about_me="", **_NOT_AWAY)
    _end(champion.coverage.live(), Ended.STEPPED_DOWN)
    return champion


@transaction.atomic
def end_absences() -> int:
    """Bring back everybody whose last day away is over; returns how many. For the nightly task."""
    over = Champion.objects.select_for_update().filter(state=State.AWAY, away_until__lt=timezone.localdate())
    over = list(over)
    for champion in over:
        come_back(champion=champion, by=None)
    return len(over)


@transaction.atomic
def set_rules(*, by: Person | None, **values) -> Rules:
    """Write what the force has decided about its champions, and return it."""
    rules = queries.rules()
    details = history.difference(rules, values)
    for name, value in values.items():
        setattr(rules, name, value)
    rules.save()
    history.record(by=by, verb="changed", about=rules, details=details)
    return rules


def _move(champion: Champion, to: str, *, by: Person | None, verb: str, **values) -> Champion:
    champion = _locked(champion)
    _refuse_former(champion)
    before = champion.state
    _write(champion, {"state": to, **values})
    history.record(by=by, verb=verb, about=champion, details={"state": [before, to]})
    for kind in (REFRESHER, AWAY):
        refresh(kind, champion.pk)
    return champion


def _locked(champion: Champion) -> Champion:
    return Champion.objects.select_for_update(of=["self"]).select_related("person").get(pk=champion.pk)


def _write(champion: Champion, values: dict) -> None:
    for name, value in values.items():
        setattr(champion, name, value)
    champion.save(update_fields=list(values))


def _reckoned(champion: Champion, values: dict) -> dict:
    trained = values.get("trained_on", champion.trained_on)
    if trained == champion.trained_on or values.get("refresher_due", champion.refresher_due) != champion.refresher_due:
        return values
    return _with_refresher({**values, "refresher_due": None}, queries.rules().refresher_months)


def _with_refresher(values: dict, months: int) -> dict:
    """`values` with the day the refresher falls due, reckoned from the training where it is not given."""
    if values.get("trained_on") and not values.get("refresher_due"):
        return {**values, "refresher_due": months_after(values["trained_on"], months)}
    return values


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _difference(champion: Champion, values: dict) -> dict:
    changed = history.difference(champion, values)
    return {name: None if name in _NO_PAST else pair for name, pair in changed.items()}


def _end(coverage, because: str) -> None:
    coverage.update(ended_at=timezone.now(), ended_because=because)


def _free(leads, *, by: Person | None) -> None:
    for coverage in leads.select_related("champion__person"):
        details = {"station": [coverage.station_id, None]}
        history.record(by=by, verb="no longer station lead", about=coverage.champion, details=details)
    leads.update(is_lead=False)


def _refuse_former(champion: Champion) -> None:
    if champion.state not in OPEN_STATES:
        raise ValidationError(f"{champion} is not a champion now.")


def _refuse_on_a_break(champion: Champion) -> None:
    if _locked(champion).state == State.PAUSED:
        raise ValidationError("This entry is on a break, and off the directory meanwhile. List it again first.")


def _refuse_unlistable(person: Person) -> None:
    if person.hidden or not person.is_active:
        raise ValidationError(f"{person} cannot be listed in the directory.")
