"""What is missing in the network, for the first page of HR and the coordinator."""

from django.urls import reverse

from wellbeing.people.gaps import Gap

from . import queries

FIRST_FEW = 10


def stations_without_champion() -> Gap | None:
    """Open stations that no listed champion covers."""
    return _of_stations(queries.gaps().without_champion, "no champion")


def stations_without_lead() -> Gap | None:
    """Open stations that have champions, none of whom is the lead."""
    return _of_stations(queries.gaps().without_lead, "champions and no lead")


def champions_without_station() -> Gap | None:
    """Listed champions who cover no station: mostly, they have moved."""
    champions = queries.gaps().without_station
    if not champions:
        return None
    items = [(champion.person.name, _admin_page(champion)) for champion in champions[:FIRST_FEW]]
    number = f"{len(champions)} champion covers" if len(champions) == 1 else f"{len(champions)} champions cover"
    return Gap(f"{number} no station.", reverse("admin:champions_champion_changelist"), items)


def _of_stations(stations, what: str) -> Gap | None:
    if not stations:
        return None
    items = [(station.name, reverse("champions:station", args=[station.slug])) for station in stations[:FIRST_FEW]]
    number = "1 station has" if len(stations) == 1 else f"{len(stations)} stations have"
    return Gap(f"{number} {what}.", reverse("admin:champions_champion_changelist"), items)


def _admin_page(champion) -> str:
    return reverse("admin:champions_champion_change", args=[champion.pk])
