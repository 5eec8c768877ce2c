"""The three doors to confidential text, and no others: `visible_to`, `seal`, `open_record`.

`seal` writes in the transaction of the request. `open_record` reads over a second connection (`vault`), and in two
steps: the line in the read log is written and committed, and only then does the database hand out the sealed texts.
So a page that saves redirects to the page that shows: what this request has sealed is not there yet for the other
connection.
"""

import logging
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.http import Http404

from wellbeing.people.models import Person
from wellbeing.web.identity import key_of

from . import sealing
from .models import Part, Record
from .policy import visible_to

__all__ = ["CannotSeal", "Opened", "Refused", "Text", "find", "open_record", "seal", "visible_to"]

SEALED, SAME, STALE, REFUSED = "sealed", "same", "stale", "refused"

logger = logging.getLogger(__name__)


class Refused(Http404):
    """Whoever asks may not open this record; a page answers as if there were none."""


class CannotSeal(PermissionDenied):
    """Whoever asks may not write this; a page answers so."""


@dataclass(frozen=True)
class Text:
    """One opened version: the text or a correction of it, a comment, or the asking for a correction.

    Where it `is_broken` (moved, changed, or its key is gone) it has no answers, and a page says so.
    """

    id: uuid.UUID
    part: str
    number: int
    author_id: int
    made_at: datetime
    answers: dict
    is_broken: bool = False


@dataclass(frozen=True)
class Opened:
    """A record whose opening has been written down; `texts` in the order in which they were written."""

    record: Record
    texts: list[Text] = field(default_factory=list)

    def of(self, part: str) -> list[Text]:
        return [text for text in self.texts if text.part == part]

    @property
    def latest(self) -> Text | None:
        """The text as it stands: the first one, or its last correction."""
        return next(reversed(self.of(Part.TEXT)), None)


def seal(
    *,
    record: uuid.UUID,
    by: Person,
    answers: dict,
    kind: str = "",
    subject: Person | None = None,
    part: str = Part.TEXT,
    version: uuid.UUID | None = None,
    replaces: int = 0,
    follows_until: date | None = None,
) -> str:
    """Write one confidential text, sealed, as whoever this transaction works for.

    A new record takes `kind` and `subject`; a correction names a record that is there, and in `replaces` the number of
    the last version that its writer had seen. A comment or request (`part`) is added to what was said. `version` is
    made with the form, so that a second click is known. Returns SEALED, SAME (a second click), or STALE: somebody
    wrote in between, or this version holds another text; nothing was written. Raises CannotSeal where `by` may not
    write this, or is not whom the database knows.
    """
    version = version or uuid.uuid4()
    sealed_with = (
        *sealing.seal_answers(answers, place=_place(version)),
        sealing.fingerprint(answers, place=_place(version)),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select case when app_person() = %s then"
            " confidential_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) else 'refused' end",
            [by.pk, record, version, part, replaces + 1, kind, subject and subject.pk, follows_until, *sealed_with],
        )
        outcome = cursor.fetchone()[0]
    if outcome == REFUSED:
        logger.warning("Person %s may not write in record %s.", by.pk, record)
        raise CannotSeal("You may not write here.")
    if outcome == SEALED:
        connection.sealed_in = connection.atomic_blocks[0] if connection.atomic_blocks else None
    return outcome


def open_record(record: Record, *, by: Person, why: str) -> Opened:
    """Open one record for `by` and return its texts; who, when and `why` is written down first, for good.

    `why` is a few words for the person it is about, and never of the text. A text that does not open is broken, and
    hides no other. Raises Refused where `by` may not open it (also written down), and RuntimeError in a request that
    has just sealed something: redirect, then open.
    """
    if connection.atomic_blocks and getattr(connection, "sealed_in", None) is connection.atomic_blocks[0]:
        raise RuntimeError("This request has sealed a text: redirect, and open in the next one.")
    ((may_open,),) = _ask_vault("select confidential_open(%s, %s)", record.pk, why, by=by)
    if not may_open:
        logger.warning("Person %s was refused record %s.", by.pk, record.pk)
        raise Refused
    rows = _ask_vault("select * from confidential_texts(%s)", record.pk, by=by)
    return Opened(record, [_opened(*row) for row in rows])


def find(pk: uuid.UUID, *, by: Person, kind: str | None = None) -> Record:
    """The record at an address, not yet opened. Raises Refused, and has it written down, where `by` may not see it."""
    records = visible_to(by).filter(kind=kind) if kind else visible_to(by)
    if record := records.filter(pk=pk).select_related("subject", "author").first():
        return record
    refuse(pk, by=by)
    raise Refused


def refuse(pk: uuid.UUID, *, by: Person, why: str = "asked for its page") -> None:
    """Write down that `by` asked for a record in vain; nothing where there is no such record."""
    logger.warning("Person %s was refused record %s.", by.pk, pk)
    _ask_vault("select confidential_refuse(%s, %s)", pk, why, by=by)


def _ask_vault(sql: str, *values, by: Person) -> list[tuple]:
    """One call over the vault's own connection: identity, function and commit in one go."""
    with connections["vault"].cursor() as cursor:
        cursor.execute(f"select set_config('app.person', %s, true); {sql}", [key_of(by), *values])
        return cursor.fetchall()


def _opened(version, part, number, author_id, made_at, sealed) -> Text:
    try:
        answers = sealing.open_answers(sealed, place=_place(version))
    except sealing.CannotOpen as trouble:
        logger.error("Text %s does not open. %s", version, trouble)
        return Text(version, part, number, author_id, made_at, {}, is_broken=True)
    return Text(version, part, number, author_id, made_at, answers)


def _place(version: uuid.UUID) -> str:
    return f"confidential_body:sealed:{version}"
