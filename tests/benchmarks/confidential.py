"""What the walls around confidential text cost: opening a record, and the manager's page with and without them."""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import measure, opening
from wellbeing.embedded import environment, portal, postgres, processes

WITHOUT = "the page without row security"
WITH = "the manager's page"
PAGE = "/mentoring/"
ON = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_WALLS = "SELECT oid::regclass FROM pg_class WHERE relrowsecurity"


def measure_all(records: int, people: int, *, rounds: int, say: Callable[[str], None]) -> list[str]:
    """The tables of one run on one database of so many `records` about `people`."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        say(f"Loading {people:,} people and {records:,} confidential records")
        known = running.enter_context(measure.loaded(folder, people))
        child(known, "tests.benchmarks.records", str(records))
        found = []
        for safe in (False, True):
            durable(known, safe)
            say(f"Opening {rounds} records, fsync {'on' if safe else 'off'}")
            title = f"{records:,} records, fsync {'on' if safe else 'off'}"
            found.append(measure.table(title, opened(known, rounds)))
        durable(known, False)
        say(f"Asking for the manager's page {rounds} times with and without row security, in turn")
        return [*found, measure.table(f"{records:,} records", pages(running, known, folder, rounds))]


def opened(known: dict[str, str], rounds: int) -> list[measure.Times]:
    """Opening against bare reads; the bare read first."""
    times = json.loads(child(known, "tests.benchmarks.opening", str(rounds)))
    return [measure.Times(name, times[name], 0) for name in (opening.READ, opening.OPENING, opening.WRITE)]


def pages(running: ExitStack, known: dict[str, str], folder: Path, rounds: int) -> list[measure.Times]:
    """The manager's page from two databases that differ in row security alone; the one without it first."""
    databases = {WITHOUT: "wellbeing_without", WITH: known["DATABASE_NAME"]}
    clone_without_walls(known, databases[WITHOUT])
    ports = {
        name: running.enter_context(measure.web(known | {"DATABASE_NAME": database}, folder, name))
        for name, database in databases.items()
    }
    sessions = {port: measure.sign_in(port, "manager") for port in ports.values()}
    return measure.time_in_turn({name: (port, PAGE) for name, port in ports.items()}, sessions, rounds)


def clone_without_walls(known: dict[str, str], name: str) -> None:
    """A copy of the database, in which row security is off on every table."""
    superuser(known, f"CREATE DATABASE {name} TEMPLATE {known['DATABASE_NAME']} OWNER wellbeing_owner")
    for (table,) in superuser(known, _WALLS, database=name):
        superuser(known, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", database=name)
    superuser(known, "VACUUM ANALYZE", database=name)


def durable(known: dict[str, str], safe: bool) -> None:
    """Whether the database waits for its disk, as one that is kept does; the benchmarks' does not."""
    for setting, value in ON.items():
        superuser(known, f"ALTER SYSTEM SET {setting} = {value if safe else 'off'}")
    superuser(known, "SELECT pg_reload_conf()")
    superuser(known, "CHECKPOINT")


def superuser(known: dict[str, str], sql: str, database: str = "postgres") -> list[tuple]:
    connection = postgres.connect_as_superuser(Path(known["DATABASE_HOST"]), database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def child(known: dict[str, str], module: str, argument: str, *, login: str = "app") -> str:
    """What a module of the benchmarks prints, run as the web is, or with another `login`."""
    env = environment.for_login(known, login) | {"BENCH_OWNER": known["DATABASE_PASSWORD_OWNER"]}
    return processes.run([sys.executable, "-m", module, argument], capture=True, env=env, cwd=portal.ROOT)
