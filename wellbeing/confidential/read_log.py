"""Whether the read log is whole, and its heads to be kept on another host.

A chain that somebody with every right has written anew, head and all, looks whole: only a head that was
shipped off this host before shows it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

KEPT_AT_LEAST = timedelta(days=365)  # as `purge_read_log` has it


@dataclass(frozen=True)
class Broken:
    """The first place in one chain that is not as it was written."""

    subject_id: int
    number: int
    problem: str

    def __str__(self):
        return f"Person {self.subject_id}, line {self.number}: {self.problem}."


def size() -> tuple[int, int]:
    """How many lines there are, in how many chains."""
    return _rows("select count(*), count(distinct subject_id) from confidential_readlog")[0]


def verify(exported: Iterable[dict] = ()) -> list[Broken]:
    """What is broken: by the chains' own hashes, and against heads exported earlier."""
    found = _rows("select * from confidential_verify_log() order by subject_id, number")
    return [Broken(*row) for row in found] + [broken for head in exported if (broken := _against(head))]


def heads() -> Iterator[str]:
    """One line of JSON for each chain: whose, how long, its last hash and when that line was written, when this was."""
    at = timezone.now().isoformat()
    rows = _rows(
        "select head.subject_id, head.count, head.hash, line.at from confidential_loghead head"
        " join confidential_readlog line on line.subject_id = head.subject_id and line.number = head.count"
        " order by head.subject_id"
    )
    for subject, count, last, written in rows:
        head = {"subject_id": subject, "count": count, "hash": bytes(last).hex(), "written": written.isoformat()}
        yield json.dumps(head | {"at": at})


def read_heads(lines: Iterable[str]) -> list[dict]:
    """Heads as `heads` wrote them. Raises ValueError with a sentence for a line that is none."""
    try:
        found = [json.loads(line) for line in lines if line.strip()]
        return [
            {name: head[name] for name in ("subject_id", "count", "hash")}
            | {"written": datetime.fromisoformat(head["written"])}
            for head in found
        ]
    except (KeyError, TypeError, ValueError):
        raise ValueError("This file does not hold heads of the read log.") from None


def _against(head: dict) -> Broken | None:
    """Where a chain does not hold what was exported: changed, gone, or taken off before its time."""
    subject, number = head["subject_id"], head["count"]
    purged = _rows("select purged, purged_hash, purged_on from confidential_loghead where subject_id = %s", [subject])
    taken, last, on = purged[0] if purged else (0, b"", None)
    if taken >= number:
        kept_long_enough = on is not None and head["written"].date() + KEPT_AT_LEAST <= on <= timezone.localdate()
        wrong = taken == number and bytes(last).hex() != head["hash"]
        problem = "" if kept_long_enough and not wrong else "the exported line was taken off before its time"
        return Broken(subject, number, problem) if problem else None
    found = _rows("select hash from confidential_readlog where subject_id = %s and number = %s", [subject, number])
    if not found:
        return Broken(subject, number, "the exported line is missing")
    return None if bytes(found[0][0]).hex() == head["hash"] else Broken(subject, number, "it is not the line exported")


def _rows(sql: str, values: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
