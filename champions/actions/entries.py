"""Entries: made, changed; and the rules for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from champions import queries
from champions.models import OPEN_STATES, Champion, Coverage, Rules, State
from wellbeing.people import history
from wellbeing.people.models import Person, Station
from wellbeing.training.dates import months_after

from .coverage import set_coverage
from .life import first_supervision
from .rows import NOT_AWAY, locked, refuse_unlistable, tell, write

# Contact details and words of one's own stand in no history: once changed, they are gone.
_NO_PAST = ("phone", "about_me")
# What the office keeps of a champion: nobody writes it of themselves.
OFFICE = ("trained_on", "refresher_due", "manager_agreed", "vetting_confirmed_on", "serving_since", "term_ends")


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

    Raises ValidationError for somebody who is one already, is not on the roster today, or may not be listed, and for
    whoever would appoint themselves.
    """
    if by == person:
        raise ValidationError("You cannot make yourself a champion: a colleague does it, or you join the waiting list.")
    former = Champion.objects.select_for_update().filter(person=person).first()
    if former is None:
        return appoint_many(by=by, appointments=[Appointment(person, tuple(stations), entry=entry)])[0]
    if former.state in OPEN_STATES:
        raise ValidationError(f"{person} is a champion already.")
    refuse_unlistable(person)
    entry = _serving(_reckoned(former, entry), first_supervision(queries.rules()))
    write(former, {"state": State.ACTIVE, "state_before_leaving": "", **NOT_AWAY, **entry})
    history.record(by=by, verb="appointed again", about=former)
    set_coverage(champion=former, stations=stations, by=by)
    return former


@transaction.atomic
def appoint_many(*, by: Person | None, appointments: Iterable[Appointment]) -> list[Champion]:
    """Make champions of people who never were; the same few queries for each thousand. Returns their entries."""
    appointments = list(appointments)
    for appointment in appointments:
        refuse_unlistable(appointment.person)
    rules = queries.rules()
    months, supervised = rules.refresher_months, first_supervision(rules)
    entries = [_serving(_with_refresher(new.entry, months), supervised) for new in appointments]
    champions = [Champion(person=new.person, **entry) for new, entry in zip(appointments, entries, strict=True)]
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
    a number is to be shown and there is none, and where somebody would change what the office keeps about themselves.
    """
    champion = locked(champion)
    values = _reckoned(champion, values)
    if "serving_since" in values and values["serving_since"] is None:
        del values["serving_since"]  # left empty: as it was
    details = _difference(champion, values)
    if by == champion.person and not details.keys().isdisjoint(OFFICE):
        raise ValidationError("This is your own entry: a colleague notes its dates, and that your manager agrees.")
    write(champion, values)
    if (champion.show_phone or champion.show_text) and not champion.number:
        raise ValidationError("There is no number to show: enter one, or show the e-mail address alone.")
    if details:
        history.record(by=by, verb="changed", about=champion, details=details)
    tell(champion)
    return champion


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


def _serving(values: dict, supervised: date) -> dict:
    """`values` with since when they serve, today where it is not given, and by when they have supervision."""
    since = values.get("serving_since") or timezone.localdate()
    return {"supervision_due": supervised, **values, "serving_since": since}


def _difference(champion: Champion, values: dict) -> dict:
    changed = history.difference(champion, values)
    return {name: None if name in _NO_PAST else pair for name, pair in changed.items()}
