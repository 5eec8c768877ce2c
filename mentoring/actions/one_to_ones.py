"""The writes to 1-1s: logging one with what was agreed, correcting it, what is said about it, what is done."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentoring.models import Action, Adjustment, How, OneToOne
from mentoring.reminders import ACTION, COMMENT, CORRECTION, DUE, OF_ADJUSTMENTS
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import Kind, Record
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from .rows import write_schedule

FOR_GOOD = date.max  # how somebody likes to be supported follows to every line manager
_WISHES = uuid.UUID("5f0c7a52-6d0e-4f5b-9a53-3c1f3b1a7c11")  # so that a person has one record of them


@dataclass(frozen=True)
class Agreed:
    """One thing agreed: what, who does it (`Owner`), by when."""

    what: str
    owner: str
    due: date


@dataclass(frozen=True)
class Written:
    """What a form of a 1-1 says. `id` and `version` are made with the form, so that a second click is known."""

    id: uuid.UUID
    version: uuid.UUID
    held_on: date
    answers: dict
    agreed: tuple[Agreed, ...] = ()
    adjustment: tuple[str, date] | None = None

    def key_of(self, number: int) -> str:
        return str(uuid.uuid5(self.id, f"action {number}"))

    @property
    def adjustment_key(self) -> uuid.UUID:
        return uuid.uuid5(self.id, "adjustment")

    @property
    def rows(self) -> tuple[dict, list[date]]:
        """Who does what by when, by the action's key, and until when an adjustment was agreed: what is not sealed."""
        actions = {self.key_of(number): (agreed.owner, agreed.due) for number, agreed in enumerate(self.agreed)}
        return actions, [self.adjustment[1]] if self.adjustment else []

    @property
    def text(self) -> dict:
        """What is sealed; empty where nothing was written."""
        actions = {self.key_of(number): agreed.what for number, agreed in enumerate(self.agreed)}
        answers = {name: answer for name, answer in self.answers.items() if answer}
        return answers | ({"actions": actions} if actions else {})


@transaction.atomic
def log_one_to_one(*, by: Person, subject: Person, written: Written, next_due: date | None, done: list) -> str:
    """Write down a 1-1 and what was agreed in it; returns vault.SEALED, SAME for a second click, or STALE.

    STALE: this form was saved before with something else in it; nothing was written. `done`: keys of earlier actions.
    Raises PermissionDenied for anybody but the line manager.
    """
    if not policy.is_line_manager(by, subject):
        raise PermissionDenied
    try:
        with transaction.atomic():
            meeting = OneToOne.objects.create(
                id=written.id,
                subject=subject,
                manager=by,
                held_on=written.held_on,
                how=How.FULL,
                has_text=bool(written.text),
            )
    except IntegrityError:
        return _again(by, subject, written)
    if written.text:
        _seal(written.id, written.version, by, subject, Kind.ONE_TO_ONE, written.text)
    _agree(meeting, written, by)
    _finish(Action.objects.filter(subject=subject, pk__in=done))
    if next_due:
        write_schedule(subject, next_due=next_due)
    refresh(DUE, subject.pk)
    refresh(ACTION, *done, *(written.key_of(number) for number in range(len(written.agreed))))
    refresh(COMMENT, written.id)
    return vault.SEALED


@transaction.atomic
def correct(*, by: Person, record: Record, version: uuid.UUID, answers: dict, replaces: int) -> str:
    """Write a correction: the earlier text stays. Returns SEALED, SAME, or STALE where it changed meanwhile."""
    outcome = vault.seal(record=record.pk, by=by, version=version, answers=answers, replaces=replaces)
    for kind in (COMMENT, CORRECTION):
        refresh(kind, record.pk)
    return outcome


@transaction.atomic
def say(*, by: Person, record: Record, part: str, version: uuid.UUID, text: str) -> str:
    """Add a comment, or ask for a correction (`part`); returns SEALED, or SAME for a second click."""
    outcome = vault.seal(record=record.pk, by=by, part=part, version=version, answers={"text": text})
    for kind in (COMMENT, CORRECTION):
        refresh(kind, record.pk)
    return outcome


@transaction.atomic
def finish_action(*, by: Person, action: Action) -> None:
    """What was agreed is done. Raises PermissionDenied for all but the person and their line manager."""
    if by.pk != action.subject_id and not policy.is_line_manager(by, action.subject):
        raise PermissionDenied
    _finish(Action.objects.filter(pk=action.pk))
    refresh(ACTION, action.pk)


@transaction.atomic
def end_adjustment(*, by: Person, adjustment: Adjustment) -> None:
    """It is no longer owed. Raises PermissionDenied for anybody but the line manager, where it was agreed in a 1-1, or
    for one of a return plan whoever decided it, holds the meeting, or is the person."""
    with connection.cursor() as cursor:
        cursor.execute("select app_person() = %s and mentoring_end_adjustment(%s)", [by.pk, adjustment.pk])
        if not cursor.fetchone()[0]:
            raise PermissionDenied
    for kind in OF_ADJUSTMENTS:
        refresh(kind, adjustment.pk)


@transaction.atomic
def wish(*, by: Person, record: Record | None, version: uuid.UUID, text: str, replaces: int) -> str:
    """Write how `by` likes to be supported; returns SEALED, SAME or STALE."""
    return vault.seal(
        record=record.pk if record else uuid.uuid5(_WISHES, str(by.pk)),
        by=by,
        kind=Kind.WISHES,
        subject=by,
        version=version,
        answers={"text": text},
        replaces=replaces,
        follows_until=FOR_GOOD,
    )


def purge(before: datetime) -> int:
    """Take away rows of 1-1s and adjustments from before then that have no record any longer, as the worker."""
    with connection.cursor() as cursor:
        cursor.execute("select purge_one_to_ones(%s)", [before])
        return cursor.fetchone()[0]


def _again(by: Person, subject: Person, written: Written) -> str:
    """What a form that was saved already says now: the same, or something else."""
    before = OneToOne.objects.filter(pk=written.id, manager=by, subject=subject).first()
    if before is None:
        raise PermissionDenied
    same_rows = before.held_on == written.held_on and _rows_of(before, written) == written.rows
    if not same_rows or before.has_text != bool(written.text):
        return vault.STALE
    sealed = [(written.id, written.version, Kind.ONE_TO_ONE, written.text)] if written.text else []
    if written.adjustment:
        sealed.append(_sealed_adjustment(written))
    outcomes = {
        vault.seal(record=record, version=version, by=by, kind=kind, subject=subject, answers=answers)
        for record, version, kind, answers in sealed
    }
    return vault.SAME if outcomes <= {vault.SAME} else vault.STALE


def _rows_of(meeting: OneToOne, written: Written) -> tuple[dict, list[date]]:
    """As `Written.rows`, of what was saved."""
    actions = {str(action.pk): (action.owner, action.due) for action in meeting.actions.all()}
    adjustments = Adjustment.objects.filter(pk=written.adjustment_key)
    return actions, list(adjustments.values_list("until", flat=True))


def _sealed_adjustment(written: Written) -> tuple:
    version = uuid.uuid5(written.version, "adjustment")
    return written.adjustment_key, version, Kind.ADJUSTMENT, {"what": written.adjustment[0]}


def _seal(key, version, by: Person, subject: Person, kind: str, answers: dict, **options) -> None:
    outcome = vault.seal(record=key, version=version, by=by, kind=kind, subject=subject, answers=answers, **options)
    if outcome != vault.SEALED:
        raise vault.CannotSeal("This key is taken.")


def _agree(meeting: OneToOne, written: Written, by: Person) -> None:
    for number, agreed in enumerate(written.agreed):
        Action.objects.create(
            id=written.key_of(number),
            one_to_one=meeting,
            subject=meeting.subject,
            owner=agreed.owner,
            due=agreed.due,
        )
    if written.adjustment:
        key, version, kind, answers = _sealed_adjustment(written)
        until = written.adjustment[1]
        Adjustment.objects.create(id=key, subject=meeting.subject, until=until)
        _seal(key, version, by, meeting.subject, kind, answers, follows_until=until)


def _finish(actions) -> None:
    actions.filter(done_on__isnull=True).update(done_on=timezone.localdate())
