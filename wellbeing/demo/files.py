"""What the demonstration is made of, as it lies in `data/`."""

import csv
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def places() -> list[tuple[str, str, str]]:
    """Every `(division, district, station)` of the demonstration."""
    with (_DATA / "places.csv").open(newline="", encoding="utf-8") as file:
        return [(row["division"].capitalize(), row["district"], row["station"]) for row in csv.DictReader(file)]


@cache
def words(file_name: str) -> list[str]:
    """The words of a file; the names are common in Britain, from many backgrounds, and any likeness is chance."""
    return (_DATA / file_name).read_text(encoding="utf-8").split()


@cache
def lines(file_name: str) -> list[str]:
    """The lines of a file."""
    return (_DATA / file_name).read_text(encoding="utf-8").splitlines()
