"""Sealing, opening and meeting each other, as tests of the vault do it."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from tests.databases import as_superuser
from wellbeing.confidential import vault
from wellbeing.web.identity import acting_as

ANSWERS = {"how": "Tired, but <b>well</b>. ÄÖ 🙂"}


def sealed_by(author, about, **options):
    record = uuid.uuid4()
    with acting_as(author):
        assert (
            vault.seal(record=record, by=author, kind="one_to_one", subject=about, answers=ANSWERS, **options)
            == "sealed"
        )
    return record


def opened_by(person, key):
    with acting_as(person):
        return vault.open_record(vault.find(key, by=person), by=person, why="reading")


def closing_connections(do):
    """`do`, in a thread that leaves no connection open."""

    def one(number):
        try:
            return do(number)
        finally:
            connections.close_all()

    return one


def at_once(times: int, do) -> list:
    """What `do(number)` returns in so many threads, each with a connection of its own."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(closing_connections(do), range(times)))


def wait_until_somebody_waits() -> None:
    """Until a statement on this database waits for a lock."""
    with as_superuser() as cursor:
        for _ in range(200):
            cursor.execute("select exists (select from pg_locks where not granted)")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("Nobody waits for a lock")


def log_of(as_superuser_cursor, subject):
    as_superuser_cursor.execute(
        "select reader_id, outcome, via from confidential_readlog where subject_id = %s order by number", [subject.pk]
    )
    return as_superuser_cursor.fetchall()
