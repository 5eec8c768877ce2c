"""How contact is kept with somebody away: what they decide, what is agreed with them, and that it was kept."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from mentoring.models import Absence, By, Channel, Contact, ContactPlan
from mentoring.queries import absences as queries
from mentoring.queries import contacts as kept
from mentoring.reminders import KEEPS_CONTACT
from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import HOLDERS, CareLink, Kind
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from . import absences


@dataclass(frozen=True)
class Written:
    """What a form about a contact says. `id` and `version` are made with the form, so that a second click is known."""

    id: uuid.UUID
    version: uuid.UUID
    held_on: date
    channel: str
    answered: bool
    text: str
    next_contact: date

    @property
    def answers(self) -> dict:
        return {"text": self.text}

    @property
    def row(self) -> dict:
        """What is not sealed."""
        return {
            "held_on": self.held_on,
            "channel": self.channel,
            "answered": self.answered,
            "has_text": bool(self.text),
        }


@transaction.atomic
def choose(*, by: Person, absence: Absence, kept_by: str, carer: Person | None = None) -> None:
    """The person away says who keeps contact: their line manager, or somebody they name (`carer`). From the moment at
    which this is committed it is nobody else.

    Raises ValidationError where it cannot be they.
    """
    chosen = [absence.pk, kept_by, carer and carer.pk]
    if not _ask("mentoring_choose_contact(%s, %s, %s::bigint)", chosen, by):
        is_manager = kept_by == By.LINE_MANAGER
        raise ValidationError(
            "The roster has no line manager for you." if is_manager else "They cannot keep contact: choose another."
        )
    tell_of_links(absence, by=by)


@transaction.atomic
def pause(*, by: Person, absence: Absence, until: date | None) -> None:
    """The person away pauses contact up to a day and with it, or ends the pause (None). What they must still do, as
    with fit notes, goes on.

    Raises ValidationError for a pause that is longer than the force has it: it can be renewed.
    """
    if not _ask("mentoring_pause_contact(%s, %s::date)", [absence.pk, until], by):
        days = queries.the_rules().pause_days
        raise ValidationError(f"Choose a day within the next {days} days. You can make the pause longer later.")
    tell_of_links(absence, by=by)


@transaction.atomic
def agree(
    *,
    by: Person,
    absence: Absence,
    version: uuid.UUID,
    replaces: int,
    answers: dict,
    channels: list[str],
    every_days: int,
    next_contact: date | None = None,
) -> str:
    """Set how contact is kept; the words and the steps after no answer are sealed. By the person away, or by whoever
    keeps contact, for them. Returns vault.SEALED, SAME, or STALE where it changed meanwhile: nothing was written.

    A home visit is wished for by the person alone. Raises PermissionDenied for anybody else.
    """
    plan = _plan(absence, by)
    outcome = _seal(absence, plan.plan_record, Kind.PLAN, by, version=version, replaces=replaces, answers=answers)
    if outcome == vault.SEALED:
        is_own = by.pk == absence.subject_id
        wished = Channel.HOME in (channels if is_own else plan.channels)
        others = [channel for channel in channels if channel != Channel.HOME]
        values = {"channels": others + [Channel.HOME] * wished, "every_days": every_days}
        values |= {"next_contact": next_contact, "before_pause": None} if next_contact else {}
        ContactPlan.objects.filter(pk=plan.pk).update(agreed_on=timezone.localdate(), **values)
        absences.tell(absence, by=by)
    return outcome


@transaction.atomic
def let_be_told(*, by: Person, absence: Absence, version: uuid.UUID, replaces: int, answers: dict) -> str:
    """Write what colleagues may be told. The person away alone does, so that who reads it learns of no other author;
    what comes back: as `agree`. Raises PermissionDenied for anybody else."""
    if by.pk != absence.subject_id:
        raise PermissionDenied
    plan = _plan(absence, by)
    return _seal(absence, plan.told_record, Kind.TOLD, by, version=version, replaces=replaces, answers=answers)


@transaction.atomic
def record(*, by: Person, absence: Absence, written: Written) -> str:
    """Write down that contact was made, or tried, and when the next one is; returns vault.SEALED, SAME for a second
    click, or STALE where this form was saved before with something else in it: nothing was written.

    Raises PermissionDenied for anybody but whoever keeps contact now.
    """
    if not keeps_contact(by, absence):
        raise PermissionDenied
    try:
        with transaction.atomic():
            Contact.objects.create(
                id=written.id, absence=absence, subject_id=absence.subject_id, made_by=by, **written.row
            )
    except IntegrityError:
        return _again(by, absence, written)
    if written.text:
        _seal_contact(absence, written, by)
    values = {"next_contact": written.next_contact, "before_pause": None}
    values["unanswered"] = 0 if written.answered else F("unanswered") + 1
    if written.answered:
        values["first_contact_on"] = Coalesce("first_contact_on", written.held_on)
    ContactPlan.objects.filter(pk=absence.pk).update(**values)
    for kind in absences.OF_WHOEVER_KEEPS_IT:
        refresh(kind, absence.pk)
    return vault.SEALED


@transaction.atomic
def sync(subjects: Iterable[int] | None = None) -> int:
    """Where a line manager keeps contact with one of these people, or of all, it is whoever is line manager now;
    returns for how many absences that changed."""
    with connection.cursor() as cursor:
        keys = None if subjects is None else list(subjects)
        cursor.execute("select mentoring_sync_contact(%s::bigint[])", [keys])
        return cursor.fetchone()[0]


def keeps_contact(person: Person, absence: Absence) -> bool:
    """Whether `person` keeps contact in this absence now."""
    return policy.links_of(person).filter(why__in=HOLDERS, subject=absence.subject_id).exists()


def _plan(absence: Absence, by: Person) -> ContactPlan:
    """The plan that `by` may change. Raises PermissionDenied for all but the person and whoever keeps contact."""
    plan = kept.plan_of(absence)
    if plan is None or not (by.pk == absence.subject_id or keeps_contact(by, absence)):
        raise PermissionDenied
    return plan


def _seal(absence: Absence, record: uuid.UUID, kind: str, by: Person, **options) -> str:
    """What was agreed follows to whoever keeps contact next, for as long as somebody does."""
    until = absence.back_on + queries.GOES_ON if absence.back_on else date.max
    return vault.seal(record=record, by=by, kind=kind, subject=absence.subject, follows_until=until, **options)


def _seal_contact(absence: Absence, written: Written, by: Person) -> str:
    return vault.seal(
        record=written.id,
        version=written.version,
        by=by,
        kind=Kind.CONTACT,
        subject=absence.subject,
        answers=written.answers,
    )


def _again(by: Person, absence: Absence, written: Written) -> str:
    """What a form that was saved already says now: the same, or something else."""
    before = Contact.objects.filter(pk=written.id, absence=absence, made_by=by)
    if not before.exists():
        raise PermissionDenied
    if not before.filter(**written.row).exists():
        return vault.STALE
    return _seal_contact(absence, written, by) if written.text else vault.SAME


def tell_of_links(absence: Absence, *, by: Person) -> None:
    """Whoever kept contact is reminded of nothing more; whoever does now, once this is committed."""
    links = CareLink.objects.filter(subject=absence.subject_id, why__in=HOLDERS)
    refresh(KEEPS_CONTACT, *links.values_list("pk", flat=True))
    absences.tell(absence, by=by)


def _ask(function: str, values: list, by: Person) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select app_person() = %s and {function}", [by.pk, *values])
        return cursor.fetchone()[0]
