"""How long the posters of 25 stations take as one document, against a document for each of them.

As a module, `python -m tests.benchmarks.posters 10`: makes them so many times each way with the worker's login, rows
read and codes drawn each time, and prints the times in milliseconds.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import django

from tests.benchmarks import measure
from tests.benchmarks.suggesting import in_turn
from wellbeing.embedded import environment, portal, processes

SINGLE, TOGETHER = "25 documents of one poster", "one document of 25 posters"
STATIONS = 25


def measure_all(people: int, *, rounds: int, say: Callable[[str], None]) -> list[str]:
    """A table for each size of paper, and in words how long the one document took at most."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        say(f"Loading {people:,} people")
        with measure.loaded(Path(name), people) as known:
            say(f"Making the posters of {STATIONS} stations {rounds} times")
            command = [sys.executable, "-m", "tests.benchmarks.posters", str(rounds)]
            env = environment.for_login(known, "worker")
            found = json.loads(processes.run(command, capture=True, env=env, cwd=portal.ROOT))
    tables = [
        measure.table(f"Posters on {size}", [measure.Times(way, times[way], 0) for way in (SINGLE, TOGETHER)])
        for size, times in found.items()
    ]
    slowest = max(max(times[TOGETHER]) for times in found.values()) / 1000
    return [
        *tables,
        f"The posters of {STATIONS} stations as one document took {slowest:.1f} s at most; the goal is 5 s.",
    ]


def main(rounds: int) -> dict[str, dict[str, list[float]]]:
    from django.utils import timezone

    from champions import poster_pdf
    from champions.models import Size
    from champions.queries import posters as queries

    stations = list(queries.open_stations()[:STATIONS])
    today = timezone.localdate()

    def single(size):
        return [poster_pdf.pdf_of([queries.poster(station)], size=size, today=today) for station in stations]

    def together(size):
        return poster_pdf.pdf_of(queries.posters(stations), size=size, today=today, title="Posters")

    return {
        size.label: in_turn({SINGLE: lambda s=size: single(s), TOGETHER: lambda s=size: together(s)}, rounds, warm_up=1)
        for size in Size
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
