"""Sealing everything anew with the first key of the ring, so that an older key may be taken out."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from . import key_check, sealing

BATCH = 500
# What is sealed: the table and the name of its key. A text's place is `table:sealed:key`.
TABLES = (
    ("confidential_body", "version_id"),
    ("confidential_draft", "id"),
    ("confidential_breakglass", "id"),
    ("contact_weekkey", "id"),
    ("contact_report", "id"),
)


def count() -> int:
    """How many texts are not sealed with the first key."""
    with connection.cursor() as cursor:
        found = 0
        for table, _ in TABLES:
            cursor.execute(f"select count(*) from {table} where key_id <> %s", [_first()])  # noqa: S608 - names from here
            found += cursor.fetchone()[0]
    return found


def rotate(*, done: Callable[[int], None]) -> list[str]:
    """Seal every text anew that another key has sealed; returns the places of those that do not open.

    Each batch is a transaction of its own, so that what was interrupted goes on where it was. Calls `done` with the
    number of texts of each batch.
    """
    broken: list[str] = []
    for table, key in TABLES:
        after = "00000000-0000-0000-0000-000000000000"
        while rows := _batch(table, key, after, broken):
            after = rows[-1]
            done(len(rows))
    if not broken:
        _forget_old_keys()
    return broken


@transaction.atomic
def _batch(table: str, key: str, after: str, broken: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {key}, sealed from {table} where key_id <> %s and {key} > %s"  # noqa: S608 - names from here
            f" order by {key} limit {BATCH} for update",
            [_first(), after],
        )
        rows = cursor.fetchall()
        for row, sealed in rows:
            place = f"{table}:sealed:{row}"
            try:
                again = sealing.seal_text(sealing.open_text(sealed, place=place), place=place)
            except sealing.CannotOpen:
                broken.append(place)
                continue
            cursor.execute(f"update {table} set key_id = %s, sealed = %s where {key} = %s", [*again, row])  # noqa: S608
    return [str(row) for row, _ in rows]


@transaction.atomic
def _forget_old_keys() -> None:
    """Keys with which nothing is sealed any longer need not be in the ring."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into confidential_keycheck (key_id, sealed, since) values (%s, %s, now()) on conflict do nothing",
            key_check.word(),
        )
        needed = "".join(f" and not exists (select from {table} where key_id = known.key_id)" for table, _ in TABLES)
        cursor.execute(f"delete from confidential_keycheck known where key_id <> %s{needed}", [_first()])  # noqa: S608


def _first() -> str:
    return next(iter(settings.VAULT_KEYS))
