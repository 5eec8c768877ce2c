"""How long it takes to open a record, against bare reads of its row: `python -m tests.benchmarks.opening 300`.

Runs with the web's login, keys and second connection, and prints times in milliseconds as JSON. The bare
connection is Django's too, to the same server, with the login that owns the tables: no policy binds it.
"""

import json
import os
import sys
import time
from collections.abc import Callable

import django

OPENING = "opening a record"
READ = "a bare indexed read, committed"
WRITE = "the same and a bare line written"
_ROW = "SELECT version_id, key_id, sealed FROM confidential_body WHERE version_id = %s"
_LINES = "CREATE TABLE IF NOT EXISTS bench_line (id bigserial PRIMARY KEY, record uuid, at timestamptz, why text)"
_LINE = "INSERT INTO bench_line (record, at, why) VALUES (%s, now(), 'read')"


def measure(rounds: int, warm_up: int = 30) -> dict[str, list[float]]:
    """Times of each way, another record every round, in turn and in changing order."""
    from django.conf import settings
    from django.db import connections, transaction

    from tests.benchmarks.records import TO_OPEN
    from wellbeing.confidential.models import Record
    from wellbeing.confidential.vault import open_record
    from wellbeing.people.models import Person

    owner = {"USER": "wellbeing_owner", "PASSWORD": os.environ["BENCH_OWNER"], "ATOMIC_REQUESTS": False}
    connections.databases["bare"] = settings.DATABASES["default"] | owner
    with connections["bare"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_line (id bigserial PRIMARY KEY, record uuid, at timestamptz, why text)"
        )
        cursor.execute(TO_OPEN)
        found = cursor.fetchall()

    def opening(record, version, manager):
        opened = open_record(Record(pk=record), by=Person(pk=manager), why="benchmark")
        if not opened.latest.answers:
            raise RuntimeError("Nothing was opened")

    def read(record, version, manager, *, write=False):
        with transaction.atomic(using="bare"), connections["bare"].cursor() as cursor:
            cursor.execute(_ROW, [version])
            if not cursor.fetchone():
                raise RuntimeError("Nothing was read")
            if write:
                cursor.execute(_LINE, [record])

    ways: dict[str, Callable] = {READ: read, OPENING: opening, WRITE: lambda *row: read(*row, write=True)}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + warm_up):
        turn = number % len(ways)
        for name in [*ways][turn:] + [*ways][:turn]:
            started = time.perf_counter()
            ways[name](*found[number % len(found)])
            if number >= warm_up:
                times[name].append(round((time.perf_counter() - started) * 1000, 4))
    return times


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    json.dump(measure(int(sys.argv[1])), sys.stdout)
