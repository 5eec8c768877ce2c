"""What noticeboards hear of champions: who is listed at a station, and who hangs up what is new."""

from django.db.models import Q
from django.utils import timezone

from wellbeing.people.models import Station
from wellbeing.support.noticeboards import Keeper, Listed, Source

from . import cards
from .cards import Card
from .models import Champion, Coverage
from .models.champion import State
from .queries import posters
from .sql import directory as sql


def listed(stations: list[Station]) -> list[Listed]:
    """The listed champions of these stations, those who lead first; two queries."""
    keys = [station.pk for station in stations]
    found = cards.read(sql.AT_STATIONS, stations=keys, limit=None, day=0)
    rows = [_listed(card, covered) for card in found for covered in card.covered if covered.station_id in set(keys)]
    return sorted(rows, key=lambda row: not row.leads)


def keepers(stations: list[Station]) -> list[Keeper]:
    """The lead of each of these stations, or without one who is there today, everybody who covers it; one query."""
    today = timezone.localdate()
    away = Q(state=State.AWAY, away_from__lte=today, away_until__gte=today)
    here = Champion.objects.listed().exclude(away)
    rows = Coverage.objects.live().filter(station__in=stations, station__closed=False, champion__in=here)
    found = list(rows.values_list("station_id", "champion__person_id", "is_lead"))
    led = {station for station, _, leads in found if leads}
    return [Keeper(station, person) for station, person, leads in found if leads or station not in led]


def _listed(card: Card, covered) -> Listed:
    one = posters.helper_of(card, leads=covered.is_lead)
    return Listed(covered.station_id, one.name, one.when, one.ways, one.leads, card.is_away)


SOURCE = Source(listed, keepers)
