"""What is shown of champions. Every function returns listed champions only, whoever asks."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from wellbeing.people.models import Division, Station

from .models import OPEN_STATES, Champion, Coverage, Rules, State

PAGE_SIZE = 25
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

    champions: list[Champion] = field(default_factory=list)
    count: int | None = None
    number: int = 1
    has_next: bool = False


@dataclass(frozen=True)
class Nearest:
    """A champion who is near a station that has none, and why they are offered."""

    champion: Champion
    reason: str


def fair_order(on: date | None = None) -> Func:
    """An order that is shuffled anew each day and the same all day: nobody is always first, nor always last."""
    return Func(
        F("id"),
        Value((on or timezone.localdate()).toordinal()),
        function="uuid_hash_extended",
        output_field=IntegerField(),
    )


def shown(champions: QuerySet) -> QuerySet:
    """These champions with what a row or a card of them shows, in two queries however many they are."""
    coverage = Coverage.objects.live().select_related("station__division").order_by("station__name")
    return (
        champions.select_related("person__station", "cover__person")
        .defer("person__password", "cover__person__password")
        .prefetch_related(Prefetch("coverage", coverage, to_attr="covered"))
    )


def directory(champions: QuerySet, search: Search, page: int = 1) -> Results:
    """One page of those among `champions` (already narrowed by policy) whom `search` finds.

    The nearest come first; among the equally near, the order is fair. Each has `far` (`HERE` …).
    """
    number = max(page, 1)
    first = (number - 1) * PAGE_SIZE
    found = _found(champions, search)
    rows = shown(found).annotate(far=_nearness(search.near)).order_by("far", fair_order(), "id")
    rows = list(rows[first : first + PAGE_SIZE + 1])
    has_next = len(rows) > PAGE_SIZE
    return Results(rows[:PAGE_SIZE], _count(found, search, first, len(rows)), number, has_next)


def stations_named(text: str) -> list[Station]:
    """Open stations whose name, or a remembered spelling of it, begins a word with what was typed."""
    typed = " ".join(text.split())
    if not typed:
        return []
    begins = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(name__icontains=f"({typed}")
    return list(
        Station.objects.filter(begins | Q(spellings__spelling=typed.lower()), closed=False)
        .select_related("division")
        .distinct()
    )


def for_station(station: Station, limit: int | None = 3) -> list[Champion]:
    """The champions who cover `station`: its lead first, those away today last, the others in fair order."""
    live = Coverage.objects.live().filter(station=station, champion=OuterRef("pk"))
    return list(
        shown(Champion.objects.listed())
        .filter(coverage__station=station, coverage__ended_at__isnull=True)
        .annotate(leads_here=Exists(live.filter(is_lead=True)), away_now=_away_now())
        .order_by("-leads_here", "away_now", fair_order(), "id")[:limit]
    )


def nearest_cover(station: Station, limit: int = 3) -> list[Nearest]:
    """Whom to turn to where `station` has no champion: same district first, then same division, then anywhere."""
    near = Champion.objects.listed().annotate(far=_nearness(station), away_now=_away_now())
    near = near.filter(Exists(_live_of_champion())).exclude(far=HERE).order_by("far", "away_now", fair_order(), "id")
    return [Nearest(champion, _reason(champion, station)) for champion in shown(near)[:limit]]


def instead(search: Search) -> tuple[Station | None, list[Nearest]]:
    """For a search that found nobody: the one station it named, if any, and who is nearest to it."""
    named = stations_named(search.text)
    station = named[0] if len(named) == 1 else None
    return station, nearest_cover(station) if station else []


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


def refreshers_due() -> QuerySet:
    """For the reminders: (key of the entry, key of the person, date), of everybody who serves and has a date."""
    due = Champion.objects.serving().filter(refresher_due__isnull=False)
    return due.values_list("pk", "person_id", "refresher_due")


def _found(champions: QuerySet, search: Search) -> QuerySet:
    covers = _live_of_champion()
    if search.division:
        champions = champions.filter(Exists(covers.filter(station__division=search.division)))
    if search.when:
        champions = champions.filter(**{f"by_{search.when}": True})
    if search.text:
        at_station = Exists(covers.filter(station__in=stations_named(search.text)))
        champions = champions.filter(_named(search.text) | Q(at_station))
    return champions


def _count(found: QuerySet, search: Search, first: int, on_page: int) -> int | None:
    """Counted only for somebody who looks for something: it costs reading the whole list."""
    if search.is_empty:
        return None
    return on_page if not first and on_page <= PAGE_SIZE else found.count()


def _listed_here() -> QuerySet:
    return Coverage.objects.live().filter(champion__in=Champion.objects.listed(), station=OuterRef("pk"))


def _live_of_champion() -> QuerySet:
    return Coverage.objects.live().filter(champion=OuterRef("pk"))


def _named(text: str) -> Q:
    """Each word typed begins one of a person's names: “aar pea” finds Aaron Pearce."""
    named = Q()
    for word in text.split():
        named &= Q(person__known_as__istartswith=word) | Q(person__last_name__istartswith=word)
    return named


def _away_now() -> Case:
    today = timezone.localdate()
    away = Q(state=State.AWAY, away_from__lte=today, away_until__gte=today)
    return Case(When(away, then=1), default=0, output_field=IntegerField())


def _nearness(station: Station | None) -> Case | Value:
    """How near a champion is to `station`. Each circle is looked up once for the whole list, not once a row."""
    if station is None:
        return Value(ELSEWHERE)
    circles = {HERE: {"station": station}, SAME_DIVISION: {"station__division": station.division_id}}
    if station.district:
        circles[SAME_DISTRICT] = {**circles[SAME_DIVISION], "station__district": station.district}
    steps = [
        When(pk__in=Coverage.objects.live().filter(**circles[far]).values("champion"), then=far)
        for far in sorted(circles)
    ]
    return Case(*steps, default=ELSEWHERE, output_field=IntegerField())


def _reason(champion: Champion, station: Station) -> str:
    """“covers from Deal, same district”; further away, the division's name."""
    nearest = min(champion.covered, key=lambda coverage: (_circle(coverage.station, station), coverage.station.name))
    circle = _circle(nearest.station, station)
    return f"covers from {nearest.station}, {_REASONS.get(circle) or nearest.station.division}"


def _circle(other: Station, station: Station) -> int:
    if other.division_id != station.division_id:
        return ELSEWHERE
    return SAME_DISTRICT if station.district and other.district == station.district else SAME_DIVISION
