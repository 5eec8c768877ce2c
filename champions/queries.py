"""What is shown of champions. Every function returns listed champions only, whoever asks."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from wellbeing.people.models import Division, Station

from .models import Champion, Coverage, Rules, State

PAGE_SIZE = 25


@dataclass(frozen=True)
class Search:
    """What somebody looks for. `text` is what they typed: a person's name or a station's."""

    text: str = ""
    division: Division | None = None
    station: Station | None = None
    when: str = ""  # "day", "night" or nothing

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.division or self.station or self.when)


@dataclass(frozen=True)
class Results:
    """One page of champions. `count` is how many there are on all of them."""

    champions: list[Champion] = field(default_factory=list)
    count: int = 0
    number: int = 1
    has_next: bool = False


@dataclass(frozen=True)
class Nearest:
    """A champion who is near a station that has none, and why they are offered."""

    champion: Champion
    reason: str


@dataclass(frozen=True)
class Gaps:
    """What HR and the coordinator should know of: lists of stations, and of champions who cover none."""

    without_champion: list[Station]
    without_lead: list[Station]
    without_station: list[Champion]


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
    coverage = Coverage.objects.live().select_related("station").order_by("station__name")
    return (
        champions.select_related("person__station", "cover__person")
        .defer("person__password", "cover__person__password")
        .prefetch_related(Prefetch("coverage", coverage, to_attr="covered"))
    )


def directory(champions: QuerySet, search: Search, page: int = 1) -> Results:
    """One page of those among `champions` (already narrowed by policy) whom `search` finds, in fair order."""
    found = _found(champions, search)
    number = max(page, 1)
    first = (number - 1) * PAGE_SIZE
    rows = list(shown(found).order_by(fair_order(), "id")[first : first + PAGE_SIZE + 1])
    count = len(rows) if number == 1 and len(rows) <= PAGE_SIZE else found.count()
    return Results(rows[:PAGE_SIZE], count, number, len(rows) > PAGE_SIZE)


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
    coverage = (
        Coverage.objects.live()
        .filter(champion__in=Champion.objects.listed(), station__closed=False)
        .exclude(station=station)
        .annotate(far=_distance(station), away_now=_away_now("champion__"))
        .order_by("far", "away_now", "champion_id")
        .values_list("champion_id", "far", "station__name", "station__division__name")
    )
    nearest: dict = {}
    for champion_id, far, name, division in coverage[: limit * 10]:
        nearest.setdefault(champion_id, f"covers from {name}, {_NEAR[far] or division}")
    champions = {champion.pk: champion for champion in shown(Champion.objects.filter(pk__in=list(nearest)[:limit]))}
    return [Nearest(champions[pk], reason) for pk, reason in nearest.items() if pk in champions]


def gaps() -> Gaps:
    """Open stations that no listed champion covers or leads, and listed champions who cover no station."""
    listed = Coverage.objects.live().filter(champion__in=Champion.objects.listed())
    here = listed.filter(station=OuterRef("pk"))
    stations = Station.objects.filter(closed=False).annotate(
        has_champion=Exists(here), has_lead=Exists(here.filter(is_lead=True))
    )
    stations = list(stations.filter(has_lead=False).select_related("division"))
    return Gaps(
        without_champion=[station for station in stations if not station.has_champion],
        without_lead=[station for station in stations if station.has_champion],
        without_station=list(
            Champion.objects.listed()
            .filter(~Exists(Coverage.objects.live().filter(champion=OuterRef("pk"))))
            .select_related("person__station")
        ),
    )


def rules() -> Rules:
    """What the force has decided, or the defaults where HR has written nothing."""
    return Rules.objects.filter(pk=1).first() or Rules(pk=1)


_NEAR = {0: "same district", 1: "same division", 2: ""}


def _found(champions: QuerySet, search: Search) -> QuerySet:
    covers = Coverage.objects.live().filter(champion=OuterRef("pk"))
    if search.division:
        champions = champions.filter(Exists(covers.filter(station__division=search.division)))
    if search.station:
        champions = champions.filter(Exists(covers.filter(station=search.station)))
    if search.when:
        champions = champions.filter(**{f"by_{search.when}": True})
    if search.text:
        at_station = Exists(covers.filter(station__in=stations_named(search.text)))
        champions = champions.filter(_named(search.text) | Q(at_station))
    return champions


def _named(text: str) -> Q:
    """Each word typed begins one of a person's names: “aar pea” finds Aaron Pearce."""
    named = Q()
    for word in text.split():
        named &= Q(person__known_as__istartswith=word) | Q(person__last_name__istartswith=word)
    return named


def _away_now(to_champion: str = "") -> Case:
    today = timezone.localdate()
    away = {
        f"{to_champion}state": State.AWAY,
        f"{to_champion}away_from__lte": today,
        f"{to_champion}away_until__gte": today,
    }
    return Case(When(**away, then=1), default=0, output_field=IntegerField())


def _distance(station: Station) -> Case:
    steps = [When(station__division=station.division_id, then=1)]
    if station.district:
        steps.insert(0, When(station__district=station.district, station__division=station.division_id, then=0))
    return Case(*steps, default=2, output_field=IntegerField())
