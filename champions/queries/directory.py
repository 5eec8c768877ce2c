"""What is shown of champions. Every function that returns several returns listed champions only, whoever asks."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from champions import cards
from champions.cards import Card
from champions.models import OPEN_STATES, Champion, Coverage, Rules
from champions.sql import directory as sql
from wellbeing.people.models import Division, Station
from wellbeing.people.roster.stations import Stations
from wellbeing.people.sql import fold

PAGE_SIZE = 25
MOST_WORDS = 5  # of a name that somebody types
NOT_IN_A_NAME = {"police", "station", "nick"}  # of a station
# How near a champion is, counted from 0; the words for a heading and for a reason.
HERE, SAME_DISTRICT, SAME_DIVISION, ELSEWHERE = range(4)
_REASONS = {SAME_DISTRICT: "same district", SAME_DIVISION: "same division"}


@dataclass(frozen=True)
class Search:
    """What somebody looks for. `text` is what they typed, a person's name or a station's; `near` is where
    they are themselves, and decides only who comes first."""

    text: str = ""
    division: Division | None = None
    when: str = ""  # "day", "night" or nothing
    near: Station | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.division or self.when)


@dataclass(frozen=True)
class Results:
    """One page of champions. `count` is how many there are on all pages; None where nothing was looked for."""

    champions: list[Card] = field(default_factory=list)
    count: int | None = None
    number: int = 1
    has_next: bool = False


@dataclass(frozen=True)
class Nearest:
    """A champion who is near a station that has none, and why they are offered."""

    champion: Card
    reason: str


@dataclass(frozen=True)
class Instead:
    """What is offered where a search found nobody; `meant` are stations whose names look like what was typed."""

    nobody_at: Station | None = None
    nearest: list[Nearest] = field(default_factory=list)
    meant: list[Station] = field(default_factory=list)


def directory(search: Search, page: int = 1) -> Results:
    """One page of those whom `search` finds, the nearest first; among the equally near, the order is fair."""
    number = max(page, 1)
    offset = (number - 1) * PAGE_SIZE
    where, asked = _conditions(search)
    found = _page(where, asked, search.near, offset)
    has_next = len(found) > PAGE_SIZE
    if search.is_empty:
        count = None
    elif offset or has_next:
        count = cards.count(*where, **asked)
    else:
        count = len(found)
    return Results(found[:PAGE_SIZE], count, number, has_next)


def first(search: Search, most: int) -> list[Card]:
    """The first few of those whom `directory` finds, fewer than a page, and not how many there are."""
    where, asked = _conditions(search)
    return _page(where, asked, search.near, offset=0)[:most]


def shown(champions: QuerySet) -> QuerySet:
    """These entries with what their own page and their profile show, in two queries however many they are."""
    coverage = Coverage.objects.live().select_related("station").order_by("station__name")
    return (
        champions.select_related("person__station", "cover__person")
        .defer("person__password", "cover__person__password")
        .prefetch_related(Prefetch("coverage", coverage, to_attr="covered"))
    )


def stations_named(text: str) -> list[Station]:
    """Open stations whose name, or a remembered spelling of it, begins a word with what was typed."""
    spelling = " ".join(text.lower().split())
    typed = " ".join(word for word in spelling.split() if word not in NOT_IN_A_NAME)
    if not typed:
        return []
    begins = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(name__icontains=f"({typed}")
    return list(
        Station.objects.filter(begins | Q(spellings__spelling=spelling), closed=False)
        .select_related("division")
        .distinct()
    )


def for_station(station: Station, limit: int | None = 3) -> list[Card]:
    """The champions who cover `station`: its lead first, those away today last, the others in fair order."""
    found = cards.read(sql.AT_STATION, first=sql.LEAD_FIRST_AWAY_LAST, station=station.pk, limit=limit)
    for card in found:
        card.leads_here = card.leads(station.pk)
    return found


def nearest_cover(station: Station, limit: int = 3, *, lasting: bool = False) -> list[Nearest]:
    """Whom to turn to where `station` has no champion: same district first, then same division, then anywhere.

    `lasting`: the same people on every day, whether or not they are away today.
    """
    near = _nearness(station) | ({"day": station.pk} if lasting else {})
    first = sql.NOBODY_FIRST if lasting else sql.AWAY_LAST
    found = cards.read(sql.ELSEWHERE, far=sql.NEARNESS, first=first, limit=limit, **near)
    return [Nearest(card, _reason(card, station)) for card in found]


def instead(search: Search) -> Instead:
    """For a search that found nobody: the one station it named and who is nearest to it, else those it may mean."""
    named = stations_named(search.text)
    if len(named) == 1:
        return Instead(named[0], nearest_cover(named[0]))
    return Instead(meant=Stations().likeliest(search.text, most=3) if search.text else [])


def possible_covers(champion: Champion) -> QuerySet:
    """Whom a champion may name for the time they are away: listed champions of the same division, or of any
    where they have no station."""
    others = Champion.objects.listed().exclude(pk=champion.pk).select_related("person__station")
    if station := champion.person.station:
        others = others.filter(Exists(_live_of_champion().filter(station__division=station.division_id)))
    return others.order_by("person__last_name", "person__known_as", "pk")


def divisions() -> QuerySet:
    """The force's divisions, to choose from."""
    return Division.objects.all()


def stations_of(division: Division) -> QuerySet:
    """A division's open stations, by name."""
    return Station.objects.filter(division=division, closed=False)


def stations_without_champion() -> QuerySet:
    """Open stations that no listed champion covers."""
    return Station.objects.filter(~Exists(_listed_here()), closed=False)


def stations_without_lead() -> QuerySet:
    """Open stations that listed champions cover, none of whom is the lead."""
    here = _listed_here()
    return Station.objects.filter(Exists(here), ~Exists(here.filter(is_lead=True)), closed=False)


def champions_without_station() -> QuerySet:
    """Listed champions who cover no station: mostly, they have moved."""
    return Champion.objects.listed().filter(~Exists(_live_of_champion())).select_related("person")


def number_of_champions(people: list[int]) -> int:
    """How many of the people with these keys are champions, listed or on a break, and lead no station."""
    champions = Champion.objects.filter(person__in=people, state__in=OPEN_STATES)
    return champions.exclude(pk__in=Coverage.objects.live().filter(is_lead=True).values("champion")).count()


def number_of_leads(people: list[int]) -> int:
    """How many of the people with these keys lead a station."""
    return (
        Coverage.objects.live().filter(champion__person__in=people, is_lead=True).values("champion").distinct().count()
    )


def rules() -> Rules:
    """What the force has decided, or the defaults where HR has written nothing."""
    return Rules.objects.filter(pk=1).first() or Rules(pk=1)


def _conditions(search: Search) -> tuple[list[str], dict]:
    """The pieces of SQL that a search comes to, and what they ask for."""
    where, asked = [], {}
    if search.division:
        where.append(sql.IN_DIVISION)
        asked["division"] = search.division.pk
    if search.when:
        where.append(sql.BY_NIGHT if search.when == "night" else sql.BY_DAY)
    if search.text:
        words = {f"word{number}": word for number, word in enumerate(fold(search.text).split()[:MOST_WORDS])}
        named = sql.NAMED.format(words=" AND ".join(sql.BEGINS_A_NAME.format(word=word) for word in words))
        where.append(f"({named} OR {sql.AT_STATIONS})")
        asked |= {**words, "stations": [station.pk for station in stations_named(search.text)]}
    return where, asked


def _page(where: list[str], asked: dict, near: Station | None, offset: int) -> list[Card]:
    """A page and one more. Where one's own station fills it, nobody further away is looked at."""
    limits = {"limit": PAGE_SIZE + 1, "offset": offset}
    if near is None:
        return cards.read(*where, **asked, **limits)
    if "stations" not in asked:
        here = cards.read(*where, sql.AT_STATION, far=sql.AT_HOME, station=near.pk, **asked, **limits)
        if len(here) > PAGE_SIZE:
            return here
    return cards.read(*where, far=sql.NEARNESS, **asked, **_nearness(near), **limits)


def _nearness(station: Station) -> dict:
    """What `sql.NEARNESS` asks for. A station without a district is in nobody's district."""
    return {
        "near": station.pk,
        "near_division": station.division_id,
        "near_district": station.district or None,
    }


def _listed_here() -> QuerySet:
    return Coverage.objects.live().filter(champion__in=Champion.objects.listed(), station=OuterRef("pk"))


def _live_of_champion() -> QuerySet:
    return Coverage.objects.live().filter(champion=OuterRef("pk"))


def _reason(card: Card, station: Station) -> str:
    """“covers from Deal, same district”; further away, the division's name."""
    elsewhere = [covered for covered in card.covered if covered.station_id != station.pk]
    nearest = min(elsewhere, key=lambda covered: (_circle(covered, station), covered.name))
    return f"covers from {nearest.name}, {_REASONS.get(_circle(nearest, station)) or nearest.division}"


def _circle(covered: cards.Covered, station: Station) -> int:
    if covered.division_id != station.division_id:
        return ELSEWHERE
    return SAME_DISTRICT if station.district and covered.district == station.district else SAME_DIVISION
