"""Fills invented jobs with invented people. The same number gives the same people, whatever the day."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.utils import timezone
from django.utils.text import slugify

from wellbeing.people import actions
from wellbeing.people.models import EmploymentType, Person, Station

from . import workforce
from .cast import CAST, FIRST_STAFF_NUMBER, MAIL_DOMAIN
from .files import words
from .workforce import Job

_BATCH = 1000
_FIRST_JOINED, _YEARS = date(1996, 1, 1), 28
_HOME = "Maidstone"  # where most of the cast work
_TEAM = 9  # people whom the cast's line manager manages
_OF_THE_TEAM = ("staff", "away")  # of the cast

# In every thousand people without reports: how many have gone lately, leave soon, or work under cover.
_GONE, _GOING, _HIDDEN = 4, 3, 1

# Ofcom keeps these numbers for drama: they ring nobody.
_LANDLINE, _MOBILE = "01632 960{:03d}", "07700 900{:03d}"


def invent(number: int, stations: dict[str, Station], *, seed: int = 2016, advance: Callable[[int], None]) -> None:
    """Save `number` people at the stations (by name), the chief first; calls `advance` with each number saved."""
    rng = Random(seed)  # noqa: S311 - invents people, keeps no secret
    levels = workforce.jobs(number, list(stations))
    _give_the_cast_their_jobs(levels)
    with_reports = {id(job.above) for level in levels for job in level}
    staff_numbers = iter(range(FIRST_STAFF_NUMBER + len(CAST), FIRST_STAFF_NUMBER + number))
    holders: dict[int, Person] = {}
    for level in levels:
        for start in range(0, len(level), _BATCH):
            batch = level[start : start + _BATCH]
            people = [_person(job, stations, holders, staff_numbers, rng) for job in batch]
            for job, person in zip(batch, people, strict=True):
                if id(job) not in with_reports and not job.cast:
                    _sometimes_unusual(person, rng)
            actions.save_people(by=None, new=people)
            holders |= {id(job): person for job, person in zip(batch, people, strict=True) if id(job) in with_reports}
            advance(len(batch))


def _give_the_cast_their_jobs(levels: list[list[Job]]) -> None:
    everyone = [job for level in levels for job in level]
    reports = Counter(id(job.above) for job in everyone)
    sergeants = [job for job in everyone if job.rank == "Sgt" and job.station == _HOME]
    manager = min(sergeants, key=lambda job: abs(reports[id(job)] - _TEAM))
    manager.cast = "manager"
    team = iter([job for job in everyone if job.above is manager and job.rank == "PC"])
    for key in _OF_THE_TEAM:
        next(team).cast = key
    for key, member in CAST.items():
        if key not in ("manager", *_OF_THE_TEAM):
            free = [job for job in everyone if job.rank == member.rank and not job.cast and job.above is not manager]
            min(free, key=lambda job: job.station != _HOME).cast = key


def _person(job: Job, stations, holders, staff_numbers, rng: Random) -> Person:
    phone = _MOBILE if job.employment_type == EmploymentType.OFFICER else _LANDLINE
    person = Person(
        known_as=rng.choice(words("first_names.txt")),
        last_name=rng.choice(words("last_names.txt")),
        rank_or_grade=job.rank,
        employment_type=job.employment_type,
        station=stations[job.station],
        line_manager=holders.get(id(job.above)),
        work_phone=phone.format(rng.randrange(1000)),
        joined=_FIRST_JOINED + timedelta(days=rng.randrange(_YEARS * 365)),
    )
    if job.cast:
        member = CAST[job.cast]
        person.known_as, person.last_name = member.known_as, member.last_name
        person.staff_number, person.email = member.staff_number, member.email
    else:
        person.staff_number = str(next(staff_numbers))
        person.email = f"{slugify(person.name).replace('-', '.')}.{person.staff_number}@{MAIL_DOMAIN}"
    return person


def _sometimes_unusual(person: Person, rng: Random) -> None:
    chance = rng.randrange(1000)
    if chance < _GONE:
        person.left = timezone.localdate() - timedelta(days=rng.randrange(1, 30))
    elif chance < _GONE + _GOING:
        person.left = timezone.localdate() + timedelta(days=rng.randrange(1, 60))
    elif chance < _GONE + _GOING + _HIDDEN:
        person.hidden = True
