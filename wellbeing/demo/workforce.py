"""A force's worth of invented jobs: who works where, in which rank, under whom. Pure; nothing is saved here."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random

from wellbeing.people.models import EmploymentType

SMALLEST = 400  # people; below it some rank or station would stay empty

# Each rank with how many report to one of it. In ranks above sergeant lines are shorter than in life,
# so that a small force still has every one of them.
_LINE = [("Sgt", 6, 9), ("Insp", 4, 6), ("Ch Insp", 4, 6), ("Supt", 3, 4), ("Ch Supt", 2, 3), ("ACC", 2, 9)]
_OFFICE = [("Grade F", 6, 9), ("Grade H", 4, 6), ("Head of department", 4, 6), ("Director", 3, 9)]

_PATROL = [
    (79, "PC", EmploymentType.OFFICER),
    (9, "DC", EmploymentType.OFFICER),
    (7, "PCSO", EmploymentType.PCSO),
    (5, "Special Constable", EmploymentType.SPECIAL),
]
_DESKS = [
    (50, "Grade C", EmploymentType.STAFF),
    (40, "Grade D", EmploymentType.STAFF),
    (10, "Volunteer", EmploymentType.VOLUNTEER),
]
_OFFICE_SHARE = 0.33
_BUSY = {"Headquarters (Sutton Road)": 6, "Medway (Gillingham)": 4, "Maidstone": 3, "North Kent (Northfleet)": 3}
_TOP = {"Supt", "Ch Supt", "ACC", "Head of department", "Director"}
_HEADQUARTERS = "Headquarters (Sutton Road)"


@dataclass(eq=False)
class Job:
    """One place in the tree: `above` is the line manager's, `level` counts down from the chief constable's 0."""

    rank: str
    employment_type: str
    station: str
    above: "Job | None" = None
    level: int = 0
    cast: str = ""  # the key of the member of the cast who holds it


def jobs(number: int, stations: list[str], *, seed: int = 2016) -> list[list[Job]]:
    """Exactly `number` jobs at these stations, as a list for each level of the tree, the highest first.

    The same arguments give the same jobs. Raises ValueError below `SMALLEST`.
    """
    if number < SMALLEST:
        raise ValueError(f"A demonstration needs at least {SMALLEST} people.")
    workers = number
    while len(found := _tree(workers, stations, Random(seed))) > number:  # noqa: S311 - no secret
        workers -= len(found) - number
    _fill_up(found, number - len(found))
    levels = defaultdict(list)
    for job in found:
        levels[job.level].append(job)
    return [levels[level] for level in sorted(levels)]


def _tree(workers: int, stations: list[str], rng: Random) -> list[Job]:
    desks = int(workers * _OFFICE_SHARE)
    chief = Job("CC", EmploymentType.OFFICER, _HEADQUARTERS)
    officers = _line(_workers(workers - desks, _PATROL, stations, rng), _LINE, EmploymentType.OFFICER, chief, rng)
    staff = _line(_workers(desks, _DESKS, stations, rng), _OFFICE, EmploymentType.STAFF, chief, rng)
    return [chief, *officers, *staff]


def _workers(number: int, kinds, stations: list[str], rng: Random) -> list[Job]:
    """Constables or clerks, station by station, the busy ones with more."""
    weights = [_BUSY.get(station, 1) for station in stations]
    shares = [number * weight // sum(weights) for weight in weights]
    shares[0] += number - sum(shares)
    chances, ranks = [chance for chance, *_ in kinds], [kind for _, *kind in kinds]
    return [
        Job(*rng.choices(ranks, chances)[0], station)
        for station, share in zip(stations, shares, strict=True)
        for _ in range(share)
    ]


def _line(workers: list[Job], ranks, employment_type: str, chief: Job, rng: Random) -> list[Job]:
    """Put the workers under supervisors, those under theirs, and so on up to the chief; returns all, highest first."""
    everyone = [workers]
    for rank, least, most in ranks:
        heads = []
        for team in _teams_of(everyone[0], least, most, rng, one_station=everyone[0] is workers):
            station = _HEADQUARTERS if rank in _TOP else team[0].station
            heads.append(Job(rank, employment_type, station))
            for member in team:
                member.above = heads[-1]
        everyone.insert(0, heads)
    for head in everyone[0]:
        head.above = chief
    for level, members in enumerate(everyone, start=1):
        for member in members:
            member.level = level
    return [member for members in everyone for member in members]


def _teams_of(members: list[Job], least: int, most: int, rng: Random, *, one_station: bool) -> Iterator[list[Job]]:
    """Teams of `members`, who stand in order of station; with `one_station` none goes across two."""
    if not one_station:
        return _teams(members, least, most, rng)
    stations = (list(group) for _, group in groupby(members, key=lambda job: job.station))
    return (team for station in stations for team in _teams(station, least, most, rng))


def _teams(members: list[Job], least: int, most: int, rng: Random) -> Iterator[list[Job]]:
    """Cut a list into teams of between `least` and `most`; what is left at the end may be a smaller one."""
    at = 0
    while at < len(members):
        left = len(members) - at
        size = left if left <= most else min(rng.randint(least, most), max(left - least, 1))
        yield members[at : at + size]
        at += size


def _fill_up(found: list[Job], number: int) -> None:
    """One more for each of the first teams, and again, until the number is right."""
    sergeants = [job for job in found if job.rank == "Sgt"]
    for each in range(number):
        above = sergeants[each % len(sergeants)]
        found.append(Job("Special Constable", EmploymentType.SPECIAL, above.station, above, above.level + 1))
