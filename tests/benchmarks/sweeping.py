"""Times the sweep and the statements that it runs, as the worker: `python -m tests.benchmarks.sweeping 10`.

Every run is undone again, so that each meets the same database: first one in which nobody has been told, then one in
which all have. Prints the times in milliseconds, and the process's memory in KB before and at most.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

from tests.benchmarks.sweep import BARE, SWEEP
from wellbeing.embedded.postgres import connect_as_superuser

# Every 1-1 has a date, from four weeks ago to twelve ahead.
_DATES = """
INSERT INTO mentoring_schedule (subject_id, next_due)
SELECT subject_id, now()::date - 28 + (subject_id % 112)::int
FROM confidential_carelink WHERE why = 'line_manager' AND ends IS NULL
ON CONFLICT (subject_id) DO UPDATE SET next_due = excluded.next_due;
TRUNCATE reminders_reminder CASCADE;
"""


def main(rounds: int) -> dict:
    from wellbeing.reminders import actions

    prepare(_DATES)
    before = memory()
    found = {"nobody told yet": in_turn(rounds)}
    actions.sweep()
    prepare("VACUUM ANALYZE reminders_reminder")
    found["everybody told"] = in_turn(rounds)
    prepare("UPDATE reminders_reminder SET tell_from = '2000-01-01'")
    return found | {"memory": [before, memory()], "gathered": gathered()}


def gathered() -> list[float]:
    """How many digests one gathering made, and in how many seconds."""
    from wellbeing.reminders import gathering
    from wellbeing.reminders.models import Mail

    started = time.perf_counter()
    gathering.gather()
    return [Mail.objects.count(), time.perf_counter() - started]


def prepare(sql: str) -> None:
    connection = connect_as_superuser(Path(os.environ["DATABASE_HOST"]), os.environ["DATABASE_NAME"])
    connection.cursor().execute(sql.replace("%%", "%"))
    connection.close()


def in_turn(rounds: int) -> dict[str, list[float]]:
    ways = {BARE: replay(statements()), SWEEP: swept}
    times = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - started) * 1000)
    return times


def swept() -> None:
    from wellbeing.reminders import actions

    actions.sweep(dry_run=True)


def statements() -> list[str]:
    """What a sweep asks, with its parameters filled in."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        swept()
    return [query["sql"] for query in asked if query["sql"] not in ("BEGIN", "COMMIT", "ROLLBACK")]


def replay(asked: list[str]) -> Callable[[], None]:
    """The same statements, one after another, and nothing else."""
    import psycopg2
    from django.db import connection

    bare = psycopg2.connect(**connection.get_connection_params())

    def once() -> None:
        with bare.cursor() as cursor:
            for sql in asked:
                cursor.execute(sql)
        bare.rollback()

    return once


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
