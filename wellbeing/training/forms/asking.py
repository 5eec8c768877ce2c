"""Where: chosen from a list, and in the address."""

from wellbeing.training.queries.coming import Where


def where_asked(chosen: str, divisions) -> Where:
    """What the address asks for, `station-<slug>` or `division-<slug>`; what does not exist counts as nothing."""
    kind, _, slug = chosen.partition("-")
    if kind == "division":
        return Where(division=next((division for division in divisions if division.slug == slug), None))
    stations = (station for division in divisions for station in division.open_stations)
    return Where(
        station=next((station for station in stations if station.slug == slug), None) if kind == "station" else None
    )
