"""Finding the station that a file means."""

from rapidfuzz import fuzz, process, utils

from wellbeing.people.models import Station, StationSpelling, spelling_of

_LIKELY = 50  # of 100; below it a match helps nobody


class Stations:
    """All stations by name and by each remembered spelling; two queries."""

    def __init__(self) -> None:
        self._all = list(Station.objects.all())
        by_id = {station.pk: station for station in self._all}
        remembered = StationSpelling.objects.values_list("spelling", "station_id")
        self._by_name = {spelling_of(spelling): by_id[pk] for spelling, pk in remembered}
        self._by_name |= {spelling_of(station.name): station for station in self._all}

    def find(self, text: str) -> Station | None:
        """The station of that name or remembered spelling, without regard to case and spaces."""
        return self._by_name.get(spelling_of(text))

    def likeliest(self, text: str, most: int = 4) -> list[Station]:
        """Open stations whose names look most like `text`, the likeliest first; often one, perhaps none."""
        names = {station: station.name for station in self._all if not station.closed}
        found = process.extract(
            text, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=_LIKELY
        )
        return [station for _, _, station in found]
