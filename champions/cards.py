"""What a page shows of a champion, read for all of its champions in one statement.

Every function here returns listed champions only, whoever asks.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from wellbeing.people.models import when_available

from .sql import directory as sql


@dataclass(frozen=True)
class Covered:
    """A station that somebody covers."""

    station_id: int
    name: str
    is_lead: bool
    district: str
    division_id: int
    division: str


@dataclass
class Card:
    """A champion as the directory shows them. Numbers and addresses are empty where they are not shown."""

    id: UUID
    person_id: int
    known_as: str
    last_name: str
    rank: str
    station_id: int | None
    works_at: str | None
    call_number: str
    text_number: str
    mail_address: str
    by_day: bool
    by_night: bool
    away_until: date | None  # None for everybody who is not away today
    cover_id: UUID | None
    far: int
    covered: list[Covered]
    address: str  # of their profile
    stand_in: "Card | None" = None  # who covers while they are away, if listed
    leads_here: bool = False  # set where the page is about one station

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.last_name}"

    @property
    def is_away(self) -> bool:
        return self.away_until is not None

    @property
    def when(self) -> str:
        """When they are available, in words."""
        return when_available(self.by_day, self.by_night)

    @cached_property
    def facts(self) -> str:
        """The line under the name: rank, stations, when."""
        stations = ", ".join(f"{row.name} (central contact)" if row.is_lead else row.name for row in self.covered)
        return " · ".join(filter(None, [self.rank, stations and f"covers {stations}", self.when]))

    def get_absolute_url(self) -> str:
        return self.address

    def leads(self, station_id: int) -> bool:
        """Whether they are that station's lead."""
        return any(row.is_lead and row.station_id == station_id for row in self.covered)


def read(*where: str, **pieces) -> list[Card]:
    """The cards of those champions for whom each of `where` holds; whoever is away with who stands in.

    `where` are pieces of `sql.py`, and so may be `far` and `first`: the nearest come first, then `first`,
    then the order is fair. `limit`, `offset` and what the pieces ask for are passed by name.
    """
    cards = _cards(where, **pieces)
    wanted = {card.cover_id for card in cards if card.is_away and card.cover_id}
    if wanted:
        found = {card.id: card for card in _cards([sql.OF_THESE], champions=[str(key) for key in wanted])}
        for card in cards:
            card.stand_in = found.get(card.cover_id) if card.is_away else None
    return cards


def count(*where: str, **parameters) -> int:
    """How many champions there are for whom each of `where` holds."""
    return _asked(sql.COUNT.format(where=_all(where)), parameters)[0][0]


def _cards(where, *, far: str = sql.FURTHER_AWAY, first: str = sql.NOBODY_FIRST, **parameters) -> list[Card]:
    statement = sql.CARDS.format(where=_all(where), far=far, first=first)
    rows = _asked(statement, {"limit": None, "offset": 0, **parameters})
    directory = reverse("champions:directory")  # asked once: for each row it would cost as much as the row
    return [Card(*row[:-1], covered=_covered(row[-1]), address=f"{directory}{row[0]}/") for row in rows]


def _all(where) -> str:
    return " AND ".join(where) or "true"


def _asked(statement: str, parameters: dict) -> list[tuple]:
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(statement, {"today": today, "day": today.toordinal(), **parameters})
        return cursor.fetchall()


def _covered(stations) -> list[Covered]:
    stations = json.loads(stations) if isinstance(stations, str) else stations
    return [Covered(*row) for row in stations or ()]
