"""What a station's poster says, and where posters hang.

A poster hangs for weeks. So nothing is on it that is true of today alone: whoever is away for a time is on it as
everybody else, and who comes first among equals is drawn once for each station, not every day.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from champions import cards, posted_links
from champions.cards import Card
from champions.models import Champion, Coverage, PosterRun, Posting
from champions.sql import directory as sql
from wellbeing.people.models import Division, Force, Person, Station
from wellbeing.support import printed
from wellbeing.support.printed import Number, number_of
from wellbeing.web.templatetags.components import tel

from .directory import nearest_cover

MOST, MOST_LONG = 8, 6  # champions whom somebody still reads from two metres; where names or addresses are long
_LONG_NAME, _LONG_WAY = 26, 44  # letters
_EMERGENCY = {"tel:999", "tel:112"}
_SOMEBODY = "ask your force's wellbeing coordinator, or HR"


@dataclass(frozen=True)
class Helper:
    """Somebody on a poster, with what they chose to show. `reason`: why they are near a station that has nobody."""

    name: str
    when: str
    ways: tuple[str, ...]
    leads: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Poster:
    """A station's poster. `more` are champions for whom there is no room; `checked_on` is the oldest day on which
    one of its numbers was tried, None where one never was."""

    station: Station
    force: str
    is_public: bool
    contact: str
    numbers: tuple[Number, ...]
    crisis: Number | None
    checked_on: date | None
    helpers: tuple[Helper, ...] = ()
    more: int = 0
    nearest: tuple[Helper, ...] = field(default=())

    @property
    def page(self) -> str:
        """The whole address of the station's page."""
        return settings.PORTAL_URL + reverse("champions:station", args=[self.station.slug])

    @cached_property
    def fingerprint(self) -> str:
        """By which a poster that says something else is known; the same on every day."""
        said = {name: value for name, value in vars(self).items() if name in _SAID} | {"page": self.page}
        said["station"] = self.station.name
        return hashlib.sha256(json.dumps(said, default=asdict).encode()).hexdigest()[:16]

    @property
    def hangs_here(self) -> str:
        """The whole address at which whoever stands before it says that it hangs."""
        return settings.PORTAL_URL + posted_links.address_of(self.station.pk, self.fingerprint)

    @property
    def people(self) -> tuple[Helper, ...]:
        return self.helpers or self.nearest


_SAID = ("force", "is_public", "contact", "numbers", "crisis", "helpers", "more", "nearest")


def poster(station: Station) -> Poster:
    """The poster of one station."""
    return posters([station])[0]


def posters(stations: Iterable[Station]) -> list[Poster]:
    """The posters of these, in the same few queries for all, and two more for each that has nobody."""
    stations = list(stations)
    found = cards.read(sql.AT_STATIONS, stations=[station.pk for station in stations], limit=None, day=0)
    common = _common()
    return [Poster(station=station, **common, **_people(station, found)) for station in stations]


def open_stations(division: Division | None = None) -> QuerySet:
    """Open stations of a division, or of all, in the order in which their posters are printed."""
    stations = Station.objects.filter(closed=False).select_related("division").order_by("division__name", "name")
    return stations.filter(division=division) if division else stations


def stations_with_postings() -> QuerySet:
    """Every open station with its `posting`, which it may lack, as the last look left it; one query."""
    return open_stations().select_related("posting__confirmed_by")


def covered_by(person: Person) -> list[Station]:
    """The open stations that `person` covers as a champion who serves; none for anybody else."""
    serving = Champion.objects.serving().filter(person=person)
    covered = Coverage.objects.live().filter(champion__in=serving)
    return list(Station.objects.filter(closed=False, pk__in=covered.values("station")))


def own_posters(person: Person) -> list[tuple[Poster, Posting | None]]:
    """The posters of the stations that `person` covers, each with what is known of where it hangs."""
    stations = covered_by(person)
    known = Posting.objects.in_bulk([station.pk for station in stations])
    return [(poster, known.get(poster.station.pk)) for poster in posters(stations)] if stations else []


def to_ask() -> QuerySet:
    """Coverage of those who are asked whether a poster hangs: of each station whose poster nobody has said hangs as
    it is now, its lead's, or, without one, every listed champion's. Each with the day since which it `says` so."""
    postings = Posting.objects.to_hang().filter(station=OuterRef("station"))
    coverage = Coverage.objects.live().filter(champion__in=Champion.objects.listed())
    asked = coverage.annotate(says_since=Subquery(postings.values("says_since"))).filter(says_since__isnull=False)
    led = Exists(coverage.filter(station=OuterRef("station"), is_lead=True))
    return asked.filter(is_lead=True) | asked.filter(~led)


def runs_of(person: Person) -> QuerySet:
    """The files of posters that `person` has asked for, without the files themselves."""
    return PosterRun.objects.filter(made_by=person).select_related("division").defer("pdf")


def _common() -> dict:
    """What is the same on every poster of the force."""
    force = Force.objects.first() or Force(name="")
    urgent = printed.urgent()
    verified = [one.verified_on for one in urgent]
    return {
        "force": force.name,
        "is_public": force.publish_station_contacts,
        "contact": _contact(force),
        "numbers": tuple(map(number_of, urgent)),
        "crisis": _crisis_line(urgent),
        "checked_on": date.fromisoformat(min(verified)) if verified and all(verified) else None,
    }


def _crisis_line(urgent: list) -> Number | None:
    """The first of the urgent services, as the force orders them, that is rung day and night and tells the force
    nothing; not the emergency services."""
    fit = [one for one in urgent if one.phone and one.always_open and one.shares_with_force == "no"]
    return next((number_of(one) for one in fit if tel(one.phone) not in _EMERGENCY), None)


def _contact(force: Force) -> str:
    """Whom to ask who would like to be a champion."""
    known = [value for value in (force.contact_name, force.contact_email, force.contact_phone) if value]
    return ", ".join(known) if force.contact_email or force.contact_phone else _SOMEBODY


def _people(station: Station, found: list[Card]) -> dict:
    """Who is on a station's poster: its lead first, the others in the order drawn for this station."""
    here = [card for card in found if any(covered.station_id == station.pk for covered in card.covered)]
    here.sort(key=lambda card: (not card.leads(station.pk), _drawn(station, card)))
    if here:
        helpers = [helper_of(card, leads=card.leads(station.pk)) for card in here[:MOST]]
        shown = tuple(helpers[:MOST_LONG] if any(map(_is_long, helpers)) else helpers)
        return {"helpers": shown, "more": len(here) - len(shown)}
    near = nearest_cover(station, lasting=True)
    return {"nearest": tuple(helper_of(one.champion, reason=one.reason) for one in near)}


def _is_long(one: Helper) -> bool:
    return len(one.name) > _LONG_NAME or any(len(way) > _LONG_WAY for way in one.ways)


def _drawn(station: Station, card: Card) -> str:
    return hashlib.sha256(f"{station.pk}:{card.id}".encode()).hexdigest()


def helper_of(card: Card, **more) -> Helper:
    """Somebody as boards and posters show them. `more` is theirs at the station in question."""
    when = "Day and night" if card.by_day and card.by_night else card.when.capitalize()
    call, text = card.call_number, card.text_number
    each = [call and f"Call {call}", text and f"Text {text}"]
    ways = [f"Call or text {call}"] if call and call == text else each
    return Helper(card.name, when, tuple(filter(None, [*ways, card.mail_address])), **more)
