"""The writes around coming back to work: with whom, what is said and agreed, in which hours, and that they met."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mentoring.models import Absence, Adjustment, PhasedWeek, ReturnMeeting, ReturnPlan
from mentoring.reminders import OF_ADJUSTMENTS, RETURN_CHOOSE, RETURN_DUE, RETURN_LATE, RETURN_WRITTEN
from wellbeing.confidential import links, policy, vault
from wellbeing.confidential.models import Kind, Why
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon


@dataclass(frozen=True)
class Text:
    """What a form says in words. `version` is made with the form, so that a second click is known; `replaces` is the
    number of the text that its writer has seen, 0 where there was none."""

    version: uuid.UUID
    answers: dict
    replaces: int


@dataclass(frozen=True)
class Agreed:
    """What a form says beside the words: the duty, whether OH is suggested, and (number, hours, weekdays) of each
    phased week."""

    duty: str
    oh_suggested: bool
    weeks: tuple[tuple[int, Decimal, list[int]], ...] = ()


@transaction.atomic
def choose(
    *, by: Person, absence: Absence, carer: Person, representative: bool, keeps_contact: bool, earlier: bool
) -> bool:
    """`by` chooses with whom they hold the return-to-work meeting, until it is held; returns whether it is so now.

    Whoever was chosen before is so no longer. `earlier`: whoever comes now may read what was written in the plan.
    """
    done = _arrange(by, absence, carer, representative, keeps_contact, earlier)
    _refresh(absence)
    return done


@transaction.atomic
def let_read(*, by: Person, meeting: ReturnMeeting, text: uuid.UUID) -> bool:
    """Whoever `by` chose may read what they had prepared, while nothing else stands in the plan; returns whether so."""
    return _ask("mentoring_let_read(%s, %s)", [meeting.pk, text], by)


@transaction.atomic
def begin(*, by: Person, absence: Absence) -> bool:
    """`by` begins to write before they have chosen with whom they meet; False once the meeting was held."""
    return _arrange(by, absence, None, False, False, False)


@transaction.atomic
def write(*, by: Person, meeting: ReturnMeeting, text: Text) -> str:
    """The person, or whoever holds the meeting, writes the words of the plan; returns SEALED, SAME or STALE.

    STALE: somebody else wrote meanwhile, and nothing was written. SAME too where there was nothing to write.
    """
    plan = ReturnPlan.objects.get(pk=meeting.pk)
    if not text.answers and not text.replaces:
        return vault.SAME
    return vault.seal(
        record=plan.text,
        by=by,
        kind=Kind.RETURN,
        subject=meeting.subject,
        version=text.version,
        answers=text.answers,
        replaces=text.replaces,
    )


@transaction.atomic
def agree(*, by: Person, meeting: ReturnMeeting, text: Text, agreed: Agreed) -> str:
    """Whoever holds the meeting writes the plan: words, duty, hours; returns SEALED, SAME or STALE, as `write`.

    Raises PermissionDenied for anybody else.
    """
    if not _holds(by, meeting):
        raise PermissionDenied
    outcome = write(by=by, meeting=meeting, text=text)
    if outcome == vault.STALE:
        return outcome
    ReturnMeeting.objects.filter(pk=meeting.pk).update(duty=agreed.duty)
    ReturnPlan.objects.filter(pk=meeting.pk).update(oh_suggested=agreed.oh_suggested)
    PhasedWeek.objects.filter(meeting=meeting).delete()
    PhasedWeek.objects.bulk_create(
        PhasedWeek(meeting=meeting, subject=meeting.subject, number=number, hours=hours, days=days)
        for number, hours, days in agreed.weeks
    )
    refresh(RETURN_WRITTEN, meeting.pk)
    sweep_soon()
    return outcome


@transaction.atomic
def comment(*, by: Person, meeting: ReturnMeeting, version: uuid.UUID, text: str) -> str:
    """The person says something about the plan; returns SEALED, or SAME for a second click."""
    plan = ReturnPlan.objects.get(pk=meeting.pk)
    return vault.seal(record=plan.text, by=by, part="comment", version=version, answers={"text": text})


@transaction.atomic
def hold(*, by: Person, meeting: ReturnMeeting, held_on: date) -> bool:
    """The meeting was held on that day, up to today: says whoever holds it. Returns whether it is so now.

    Whoever kept contact while they were away does so no longer, unless the person wished for four more weeks.
    """
    done = _ask("mentoring_hold_return(%s, %s)", [meeting.pk, held_on], by)
    _refresh(meeting.absence)
    return done


@transaction.atomic
def end(*, by: Person, meeting: ReturnMeeting) -> bool:
    """Nobody but `by`, whose plan it is, reads it any longer; returns whether that changed anything."""
    links_given = policy.links_about(by).live().filter(why=Why.RETURN)
    ended = [links.end(link, by=by) for link in links_given]
    _refresh(meeting.absence)
    return any(ended)


def moved(absence: Absence, *, by: Person | None) -> None:
    """The return date of an absence was changed: what is told of it is told of the new one. In the transaction of that.

    The dates themselves have moved already (`mentoring_return_moves` in the database). What `by` does not see, the
    sweep that follows does; None: the worker, who sees all.
    """
    if by is None or by.pk == absence.subject_id:
        _refresh(absence)
        keys = list(Adjustment.objects.filter(meeting__absence=absence).values_list("pk", flat=True))
        for kind in OF_ADJUSTMENTS:
            refresh(kind, *keys)
    sweep_soon()


def _refresh(absence: Absence) -> None:
    refresh(RETURN_CHOOSE, absence.pk)
    for meeting in ReturnMeeting.objects.filter(absence=absence).values_list("pk", flat=True):
        refresh(RETURN_DUE, meeting)
        refresh(RETURN_LATE, meeting)
        refresh(RETURN_WRITTEN, meeting)
    sweep_soon()  # a link is seen once this is committed


def _arrange(by: Person, absence: Absence, carer: Person | None, *ticks: bool) -> bool:
    values = [uuid.uuid4(), absence.pk, carer and carer.pk, *ticks]
    return _ask("mentoring_arrange_return(%s, %s, %s, %s, %s, %s)", values, by)


def _holds(person: Person, meeting: ReturnMeeting) -> bool:
    held = policy.links_of(person).filter(why=Why.RETURN)
    return ReturnPlan.objects.filter(pk=meeting.pk, link__in=held.values("pk")).exists()


def _ask(function: str, values: list, by: Person) -> bool:
    """What the database answers, if it knows `by` for whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(app_person() = %s and {function}, false)", [by.pk, *values])
        return cursor.fetchone()[0]
