"""The writes of somebody and their career mentor: goals, sessions, notes, ending it, and whether it helped."""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mentoring.models import CareerGoal, CareerSession, Pairing
from mentoring.reminders import career as kinds
from wellbeing.confidential import vault
from wellbeing.confidential.models import Kind
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh


@transaction.atomic
def save_goal(
    *,
    by: Person,
    pairing: Pairing,
    key: uuid.UUID,
    version: uuid.UUID,
    text: str,
    review_on: date | None,
    state: str = "open",
    replaces: int = 0,
) -> str:
    """Set a goal, or write it anew; returns vault.SEALED, SAME or STALE (nothing was written then).

    Raises PermissionDenied for anybody but the two, and once their mentoring has ended.
    """
    _refuse_others(by, pairing)
    made = not replaces and _make(CareerGoal(id=key, pairing=pairing, subject=pairing.subject, review_on=review_on))
    outcome = _seal(key, version, by, pairing, {"goal": text}, replaces)
    if outcome == vault.SEALED and not made:
        CareerGoal.objects.filter(pk=key, pairing=pairing).update(review_on=review_on, state=state)
    refresh(kinds.GOAL, key)
    return outcome


@transaction.atomic
def save_session(
    *,
    by: Person,
    pairing: Pairing,
    key: uuid.UUID,
    version: uuid.UUID,
    day: date,
    state: str,
    text: str = "",
    replaces: int = 0,
) -> str:
    """Plan a session, or say that it was held and what came of it; returns vault.SEALED, SAME or STALE.

    Raises PermissionDenied for anybody but the two, and once their mentoring has ended.
    """
    _refuse_others(by, pairing)
    outcome = vault.SEALED
    made = _make(
        CareerSession(id=key, pairing=pairing, subject=pairing.subject, day=day, state=state, has_text=bool(text))
    )
    if text:
        outcome = _seal(key, version, by, pairing, {"session": text}, replaces)
    if outcome == vault.SEALED and not made:
        values = {"day": day, "state": state} | ({"has_text": True} if text else {})
        CareerSession.objects.filter(pk=key, pairing=pairing).update(**values)
    for kind in (kinds.MEET, kinds.MEET_MENTOR):
        refresh(kind, key)
    return outcome


@transaction.atomic
def note(*, by: Person, pairing: Pairing, key: uuid.UUID, version: uuid.UUID, text: str) -> str:
    """Write a note: the mentor's about their work together, which the person may obtain; or the person's own.

    Returns vault.SEALED, or SAME for a second click. Raises PermissionDenied for anybody but the two.
    """
    _refuse_others(by, pairing)
    kind = Kind.CAREER_OWN if by.pk == pairing.subject_id else Kind.CAREER_NOTE
    return vault.seal(record=key, by=by, kind=kind, subject=pairing.subject, version=version, answers={"text": text})


@transaction.atomic
def end(*, by: Person, pairing: Pairing) -> bool:
    """Either of the two ends it, and says no reason; False where it is over already."""
    sessions = list(CareerSession.objects.filter(pairing=pairing).values_list("pk", flat=True))
    goals = list(CareerGoal.objects.filter(pairing=pairing).values_list("pk", flat=True))
    done = _ask("select career_end(%s)", pairing.pk)
    for kind in (kinds.ENDED, kinds.ENDED_MENTOR, kinds.MATCH):
        refresh(kind, pairing.pk)
    for kind in (kinds.MEET, kinds.MEET_MENTOR):
        refresh(kind, *sessions)
    refresh(kinds.GOAL, *goals)
    return done


@transaction.atomic
def say_whether_it_helped(*, by: Person, pairing: Pairing, helped: str) -> bool:
    """Count one more answer in this quarter, and nothing else; False for a second one."""
    return _ask("select career_say_whether_it_helped(%s, %s)", pairing.pk, helped)


def _refuse_others(by: Person, pairing: Pairing) -> None:
    if by.pk not in (pairing.subject_id, pairing.mentor_id) or pairing.ended_on:
        raise PermissionDenied


def _make(row: CareerGoal | CareerSession) -> bool:
    """Write a new row; whether there was none of this key."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _seal(key, version, by: Person, pairing: Pairing, answers: dict, replaces: int) -> str:
    return vault.seal(
        record=key,
        by=by,
        kind=Kind.CAREER_GOAL,
        subject=pairing.subject,
        version=version,
        answers=answers,
        replaces=replaces,
    )


def _ask(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
