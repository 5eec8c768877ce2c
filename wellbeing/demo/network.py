"""Which of the invented people volunteer: champions by station, and mentors."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from champions import actions as champions
from champions.actions import Appointment
from champions.models import Champion
from mentoring import actions as mentoring
from mentoring.models import Kind
from wellbeing.people.models import Person, Station

from .cast import CAST
from .files import lines

UNCOVERED = ("Lydd", "Tenterden")  # on purpose: what a station without a champion looks like
SHARE = 0.03  # of a station's people are champions
FEWEST = 3  # at a station that has any

MENTORS = 12  # of each kind

_RANKS = ("PC", "DC", "PCSO", "Sgt", "Insp", "Grade C", "Grade D", "Grade F")
_AWAY, _PAUSED, _STEPPED_DOWN = 3, 4, 3
_YEAR = 365


def appoint_champions(rng: Random) -> int:
    """Make champions at every station but the uncovered ones, each with a lead; returns how many."""
    star = Person.objects.get(staff_number=CAST["champion"].staff_number)
    stations = list(Station.objects.exclude(name__in=UNCOVERED).order_by("pk"))
    appointments = [_star(star, rng)]
    for station in stations:
        lead_free = station != star.station
        for number, person in enumerate(_chosen(station, rng)):
            leads = (station,) if lead_free and number == 0 else ()
            appointments.append(Appointment(person, _covered(station, stations, rng), leads, _entry(person, rng)))
    made = champions.appoint_many(by=None, appointments=appointments)
    _live_a_little(made[1:], rng)
    return len(made)


def appoint_mentors(rng: Random) -> int:
    """Make mentors of both kinds, the cast's one of each; returns how many terms began."""
    star = Person.objects.get(staff_number=CAST["mentor"].staff_number)
    keys = keys_of(others().filter(champion=None, spoc=None, rank_or_grade__in=("Sgt", "Insp", "Grade F", "Grade H")))
    chosen = {kind: [star, *people_of(rng.sample(keys, MENTORS - 1))] for kind in Kind.values}
    terms = [mentoring.appoint_mentor(person=person, kind=kind, by=None) for kind in chosen for person in chosen[kind]]
    return len(terms)


def others():
    """People who may be listed, who stay, and who are not of the cast."""
    cast = [member.staff_number for member in CAST.values()]
    return Person.objects.listed().filter(left=None).exclude(staff_number__in=cast)


def keys_of(people) -> list[int]:
    """Their keys, in an order that is the same every time."""
    return list(people.order_by("staff_number").values_list("pk", flat=True))


def people_of(keys: list[int]) -> list[Person]:
    """The people with these keys, in this order; one query."""
    found = Person.objects.in_bulk(keys)
    return [found[key] for key in keys]


def _chosen(station: Station, rng: Random) -> list[Person]:
    keys = keys_of(others().filter(station=station, rank_or_grade__in=_RANKS))
    return people_of(rng.sample(keys, min(len(keys), max(FEWEST, int(len(keys) * SHARE)))))


def _covered(station: Station, stations: list[Station], rng: Random) -> tuple[Station, ...]:
    """Their own station; for one in eight another of the district too, to which they travel."""
    near = [other for other in stations if other.district == station.district and other != station]
    return (station, rng.choice(near)) if near and rng.random() < 1 / 8 else (station,)


def _star(person: Person, rng: Random) -> Appointment:
    """The cast's champion: leads their station, by day and by night, with a refresher falling due."""
    today = timezone.localdate()
    entry = _entry(person, rng) | {
        "show_phone": True,
        "show_text": True,
        "by_day": True,
        "by_night": True,
        "about_me": lines("about_me.txt")[0],
        "trained_on": today - timedelta(days=2 * _YEAR - 10),
        "refresher_due": today + timedelta(days=10),
        "serving_since": today - timedelta(days=3 * _YEAR + 65),
    }
    return Appointment(person, (person.station,), (person.station,), entry)


def _entry(person: Person, rng: Random) -> dict:
    show_phone = rng.random() < 0.75
    by_night = rng.random() < 0.4
    due = timezone.localdate() + timedelta(days=rng.randrange(-20, 2 * _YEAR - 30))
    trained = due - timedelta(days=2 * _YEAR)
    return {
        "id": UUID(int=rng.getrandbits(128), version=4),
        "show_phone": show_phone,
        "show_text": rng.random() < 0.4,
        "show_mail": not show_phone or rng.random() < 0.7,
        "by_day": not by_night or rng.random() < 0.8,
        "by_night": by_night,
        "about_me": rng.choice(lines("about_me.txt")) if rng.random() < 0.5 else "",
        "trained_on": trained,
        "serving_since": trained + timedelta(days=14),
        "term_ends": trained + timedelta(days=2 * _YEAR + 14),
        "refresher_due": due,
        "manager_agreed": True,
        "vetting_confirmed_on": due - timedelta(days=2 * _YEAR + 30),
    }


def _live_a_little(made: list[Champion], rng: Random) -> None:
    """A few away with somebody in their place, a few on a break, a few who have stepped down."""
    today = timezone.localdate()
    some = iter(rng.sample(made, _AWAY * 2 + _PAUSED + _STEPPED_DOWN))
    for days in range(_AWAY):
        away, cover = next(some), next(some)
        last_day = today + timedelta(days=7 + 5 * days)
        champions.go_away(champion=away, first_day=today, last_day=last_day, cover=cover, by=None)
    for _ in range(_PAUSED):
        champions.pause(champion=next(some), by=None)
    for champion in some:
        champions.step_down(champion=champion, by=None)
