"""Whom a noticeboard names, and who keeps it: the room that knows registers itself, the room of boards asks.

A source says who is listed at a station, with what they chose to show, and who is there to hang something up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wellbeing.people.models import Station


@dataclass(frozen=True)
class Listed:
    """Somebody named on a board at a station, with what they chose to show. `away`: not there today."""

    station_id: int
    name: str
    when: str
    ways: tuple[str, ...]
    leads: bool = False
    away: bool = False


@dataclass(frozen=True)
class Keeper:
    """Somebody who is there today to hang something up at a station."""

    station_id: int
    person_id: int


@dataclass(frozen=True)
class Source:
    """`listed` and `keepers` answer for all of these stations at once, in a constant number of queries."""

    listed: Callable[[list[Station]], list[Listed]]
    keepers: Callable[[list[Station]], list[Keeper]]


_source: Source | None = None


def come_from(source: Source) -> None:
    """Register who knows."""
    global _source
    _source = source


def listed_at(stations: Iterable[Station]) -> list[Listed]:
    """Who is named at these stations, whoever leads there first; nobody where nobody knows."""
    stations = list(stations)
    return _source.listed(stations) if _source and stations else []


def keepers_of(stations: Iterable[Station]) -> list[Keeper]:
    """Who keeps the boards of these stations: nobody who is away, takes a break or stands in no list."""
    stations = list(stations)
    return _source.keepers(stations) if _source and stations else []
