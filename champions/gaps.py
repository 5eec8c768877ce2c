"""What is missing in the network, for the first page of HR and the coordinator."""

from django.urls import reverse

from wellbeing.people.gaps import Gap

from . import policy, queries
from .queries import waiting

FIRST_FEW = 10


def stations_without_champion() -> Gap | None:
    """Open stations that no listed champion covers."""
    stations = queries.stations_without_champion()
    return _gap([station.name for station in stations], "station has no champion", "stations have no champion")


def stations_without_lead() -> Gap | None:
    """Open stations that have champions, none of whom is the lead."""
    names = [station.name for station in queries.stations_without_lead()]
    return _gap(names, "station has champions and no lead", "stations have champions and no lead")


def champions_without_station() -> Gap | None:
    """Listed champions who cover no station: mostly, they have moved."""
    names = [champion.person.name for champion in queries.champions_without_station()]
    page = "admin:champions_champion_changelist"
    return _gap(names, "champion covers no station", "champions cover no station", page)


def nobody_trains_who_waits() -> Gap | None:
    """People on the waiting list while no training with a free place is planned; shown to the coordinator alone."""
    names = [row.person.name for row in waiting.nobody_trains()]
    if not names:
        return None
    who = "person waits to become a champion" if len(names) == 1 else "people wait to become champions"
    sentence = f"{len(names)} {who}; no training with a free place is planned"
    return Gap(sentence, names[:FIRST_FEW], reverse("champions:waiting_list"))


def in_the_network(reader) -> list[Gap]:
    """All of these that there are now, for `reader` who runs the network or keeps its list; nothing for all others."""
    if not policy.may_keep(reader):
        return []
    sources = [stations_without_champion, stations_without_lead, champions_without_station]
    sources += [nobody_trains_who_waits] * policy.runs_network(reader)
    return [gap for source in sources if (gap := source())]


def _gap(names: list[str], one: str, many: str, page: str = "champions:coverage") -> Gap | None:
    if not names:
        return None
    return Gap(f"{len(names)} {one if len(names) == 1 else many}", names[:FIRST_FEW], reverse(page))
