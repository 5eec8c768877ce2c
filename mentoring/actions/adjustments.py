"""The writes to the adjustments of a return plan: what is asked for, the answer, and that it is in place."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mentoring.models import Adjustment, ReturnMeeting
from mentoring.reminders import OF_ADJUSTMENTS
from wellbeing.confidential import vault
from wellbeing.confidential.models import Kind, Part
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon

NOT_THEM = "not_them"


@dataclass(frozen=True)
class Asked:
    """What a form says of an adjustment. `id` and `version` are made with the form, so that a second click is known.

    `what` None: the words stay as they are (somebody else wrote them).
    """

    id: uuid.UUID
    version: uuid.UUID
    what: str | None
    until: date
    decides: Person
    implement_by: date | None
    review_on: date | None
    replaces: int = 0


@transaction.atomic
def ask_for(*, by: Person, meeting: ReturnMeeting, asked: Asked) -> str:
    """Whoever holds a meeting writes down an adjustment, or changes one that is not in place yet; whoever decides is
    asked (again), and what `by` decides themselves is agreed with that.

    Returns SEALED, SAME for a second click, STALE where somebody wrote meanwhile, or NOT_THEM for the person
    themselves; after the last two nothing is written. Raises PermissionDenied for anybody who does not hold the
    meeting.
    """
    if (outcome := _seal(by, meeting, asked)) != vault.SEALED and asked.what is not None:
        return outcome
    values = [asked.id, meeting.pk, asked.until, asked.decides.pk, asked.implement_by, asked.review_on]
    said = _ask("mentoring_put_adjustment(%s, %s, %s, %s, %s, %s)", values, by)
    if said == NOT_THEM:
        transaction.set_rollback(True)
        return NOT_THEM
    if said != "put":
        raise PermissionDenied
    _tell(asked.id)
    return vault.SEALED


@transaction.atomic
def decide(*, by: Person, adjustment: Adjustment, agreed: bool, reason: str, version: uuid.UUID) -> bool:
    """Whoever is asked says yes or no, with a reason or without, until it is in place; returns whether it is so now."""
    if not _ask("mentoring_decide_adjustment(%s, %s)", [adjustment.pk, agreed], by):
        return False
    if reason:
        vault.seal(record=adjustment.pk, by=by, part=Part.COMMENT, version=version, answers={"text": reason})
    _tell(adjustment.pk)
    return True


@transaction.atomic
def let_decide(*, by: Person, adjustment: Adjustment, decides: int, yes: bool) -> bool:
    """The person says of whoever is named to decide, by their key, that they may, or that it should be somebody else;
    returns whether it is so now. The holder of the meeting is asked for another name, whoever it was."""
    done = _ask("mentoring_lets_decide(%s, %s, %s)", [adjustment.pk, decides, yes], by)
    _tell(adjustment.pk)
    return bool(done)


@transaction.atomic
def put_in_place(*, by: Person, adjustment: Adjustment) -> bool:
    """What was agreed is in place; returns whether it is so now."""
    done = _ask("mentoring_implement_adjustment(%s)", [adjustment.pk], by)
    _tell(adjustment.pk)
    return bool(done)


def _seal(by: Person, meeting: ReturnMeeting, asked: Asked) -> str:
    if asked.what is None:
        return vault.SAME
    is_new = {} if asked.replaces else {"kind": Kind.ADJUSTMENT, "subject": meeting.subject}
    return vault.seal(
        record=asked.id,
        by=by,
        version=asked.version,
        answers={"what": asked.what},
        replaces=asked.replaces,
        follows_until=asked.until,
        **is_new,
    )


def _tell(key: uuid.UUID) -> None:
    for kind in OF_ADJUSTMENTS:
        refresh(kind, key)
    sweep_soon()


def _ask(function: str, values: list, by: Person):
    """What the database answers, if it knows `by` for whoever asks; None else."""
    with connection.cursor() as cursor:
        cursor.execute(f"select case when app_person() = %s then {function} end", [by.pk, *values])
        return cursor.fetchone()[0]
