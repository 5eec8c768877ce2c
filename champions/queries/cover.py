"""How the network covers the force: every open station, who is there by day and by night, and where nobody is."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from champions.models import LISTED_STATES, OPEN_STATES, Coverage, State
from wellbeing.people.models import Division, Person, Station


@dataclass(frozen=True)
class Cover:
    """Who covers one open station. Numbers are of listed champions; whoever is on a break is said and not counted.

    `away` are those of the listed who are away today. `travelling` says how many come from which other station.
    """

    station: Station
    champions: int = 0
    away: int = 0
    paused: int = 0
    by_day: int = 0
    by_night: int = 0
    has_lead: bool = False
    travelling: tuple[tuple[str, int], ...] = ()

    @property
    def all_away(self) -> bool:
        return 0 < self.champions == self.away

    @cached_property
    def gaps(self) -> list[str]:
        """What is missing, in words; where there is nobody, nothing else is worth saying."""
        if not self.champions:
            return ["No champion"]
        missing = {
            "Everybody away today": self.all_away,
            "Nobody by day": not self.by_day,
            "Nobody by night": not self.by_night,
            "No lead": not self.has_lead,
        }
        return [words for words, holds in missing.items() if holds]

    @property
    def first_come_gaps(self) -> tuple:
        """To sort by: no champion, then the most gaps, then by name."""
        return bool(self.champions), -len(self.gaps), self.station.name


@dataclass(frozen=True)
class Total:
    """The stations of one division, or of all, counted."""

    name: str
    none: int
    one: int
    more: int
    no_lead: int
    no_day: int
    no_night: int

    @property
    def stations(self) -> int:
        return self.none + self.one + self.more


@dataclass(frozen=True)
class Network:
    """The stations, those with gaps first; totals by division, and of all of them."""

    stations: list[Cover]
    totals: list[Total]
    together: Total

    @property
    def without_champion(self) -> list[Cover]:
        return [cover for cover in self.stations if not cover.champions]


def network(division: Division | None = None) -> Network:
    """How the open stations of `division`, or all, are covered; two queries. Covert people count nowhere."""
    stations = Station.objects.filter(closed=False).select_related("division").order_by("division__name", "name")
    if division:
        stations = stations.filter(division=division)
    rows = _rows_by_station()
    covers = [_cover(station, rows[station.pk]) for station in stations]
    by_division = defaultdict(list)
    for cover in covers:
        by_division[cover.station.division.name].append(cover)
    totals = [_total(name, its) for name, its in by_division.items()]
    return Network(sorted(covers, key=lambda cover: cover.first_come_gaps), totals, _total("All together", covers))


def _rows_by_station() -> dict:
    """For each open station the coverage of those who are listed, or on a break, and whom a list may show."""
    live = Coverage.objects.live().filter(
        station__closed=False, champion__state__in=OPEN_STATES, champion__person__in=Person.objects.listed()
    )
    of_champion = ("state", "away_from", "away_until", "by_day", "by_night", "person__station_id")
    names = ("station_id", "is_lead", *(f"champion__{name}" for name in of_champion), "champion__person__station__name")
    rows = defaultdict(list)
    for row in live.order_by().values_list(*names, named=True):
        rows[row.station_id].append(row)
    return rows


def _cover(station: Station, rows: list) -> Cover:
    today = timezone.localdate()
    listed = [row for row in rows if row.champion__state in LISTED_STATES]
    away = [row for row in listed if row.champion__state == State.AWAY]
    come_from = Counter(row.champion__person__station__name or "no station" for row in listed if _travels(row, station))
    return Cover(
        station=station,
        champions=len(listed),
        away=sum(row.champion__away_from <= today <= row.champion__away_until for row in away),
        paused=len(rows) - len(listed),
        by_day=sum(row.champion__by_day for row in listed),
        by_night=sum(row.champion__by_night for row in listed),
        has_lead=any(row.is_lead for row in listed),
        travelling=tuple(sorted(come_from.items())),
    )


def _travels(row, station: Station) -> bool:
    return row.champion__person__station_id != station.pk


def _total(name: str, covers: list[Cover]) -> Total:
    some = [cover for cover in covers if cover.champions]
    one = sum(cover.champions == 1 for cover in some)
    return Total(
        name=name,
        none=len(covers) - len(some),
        one=one,
        more=len(some) - one,
        no_lead=sum(not cover.has_lead for cover in some),
        no_day=sum(not cover.by_day for cover in covers),
        no_night=sum(not cover.by_night for cover in covers),
    )
