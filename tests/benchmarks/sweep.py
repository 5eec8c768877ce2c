"""The sweep for reminders against the bare SQL that it runs, and the memory that it takes."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import measure
from tests.benchmarks.confidential import child

BARE = "the bare SQL"
SWEEP = "the sweep"


def measure_all(sizes: list[int], *, rounds: int, say: Callable[[str], None]) -> list[str]:
    """A table for each number of people, of a force in which every 1-1 has a date, and one in four is due."""
    tables = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            say(f"Loading {people:,} people and their 1-1s")
            with measure.loaded(Path(name), people) as known:
                say(f"Sweeping {rounds} times each way, in turn")
                tables += tables_of(
                    people, json.loads(child(known, "tests.benchmarks.sweeping", str(rounds), login="worker"))
                )
    return tables


def tables_of(people: int, found: dict) -> list[str]:
    before, most = (value / 1024 for value in found.pop("memory"))
    mails, seconds = found.pop("gathered")
    tables = [
        measure.table(f"{people:,} people, {title}", [measure.Times(name, times[name], 0) for name in (BARE, SWEEP)])
        for title, times in found.items()
    ]
    return [
        *tables,
        f"{people:,} people: the process had {before:.0f} MB before its first sweep and {most:.0f} MB at most. "
        f"Then {mails:,} digests were gathered in {seconds:.1f} s.",
    ]
