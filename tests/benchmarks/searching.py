"""How long one search of the whole portal takes, against looking for the same name in the directory alone.

As a module, `python -m tests.benchmarks.searching 300`: searches so many times each way with the web's login, and
prints the times in milliseconds.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

from tests.benchmarks import measure
from tests.benchmarks.suggesting import in_turn
from wellbeing.embedded import environment, portal, processes

DIRECTORY = "a name, in the directory alone"
WAYS = {
    "a name": "{name}",
    "a name with a typing error": "{mistyped}",
    "what is on somebody's mind": "can't sleep after nights",
    "what nobody has": "xylophones quietly",
}


def measure_all(sizes: list[int], *, rounds: int, say: Callable[[str], None]) -> list[str]:
    """A table for each number of people."""
    tables = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            say(f"Loading {people:,} people")
            with measure.loaded(Path(name), people) as known:
                run(["-c", _LEARN], known, "worker")
                say(f"Searching {rounds} times each way")
                found = json.loads(run(["-m", "tests.benchmarks.searching", str(rounds)], known, "app"))
        times = [measure.Times(way, found[way], 0) for way in (DIRECTORY, *WAYS)]
        tables.append(measure.table(f"{people:,} people, searching", times))
    return tables


_LEARN = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
django.setup()
from wellbeing.search.actions import learn_words
learn_words()
"""


def run(arguments: list[str], known: dict[str, str], login: str) -> str:
    env = environment.for_login(known, login)
    return processes.run([sys.executable, *arguments], capture=True, env=env, cwd=portal.ROOT)


def main(rounds: int) -> dict[str, list[float]]:
    from champions import queries as champions
    from wellbeing.people.models import Person
    from wellbeing.search.queries import search
    from wellbeing.web.identity import acting_as

    person = Person.objects.filter(station__isnull=False, champion=None).first()
    long = Person.objects.filter(champion__state="active", last_name__regex=".{6}")  # which a slip leaves recognisable
    name = long.values_list("last_name", flat=True).latest("pk")
    words = {"name": name, "mistyped": f"{name[0]}{name[2]}{name[1]}{name[3:]}"}
    with acting_as(person):
        ways = {DIRECTORY: lambda: champions.directory(champions.Search(text=name, near=person.station))}
        for way, text in WAYS.items():
            ways[way] = partial(search, text.format(**words), person)
        return in_turn(ways, rounds)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
