"""Writing who holds which role: one person proposes, another approves, and nobody for themselves."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.dateparse import parse_date

from wellbeing import roles
from wellbeing.people import history
from wellbeing.people.models import Person, RoleAssignment


@transaction.atomic
def propose_role(*, person: Person, role: str, by: Person, starts: date, ends: date | None = None) -> RoleAssignment:
    """Propose that `person` holds `role`; it grants nothing until somebody else approves it.

    Raises ValidationError for oneself, and where it meets a role that excludes it.
    """
    if person == by:
        raise ValidationError("Nobody proposes a role for themselves: ask a colleague to.")
    _refuse_exclusive(person, role, starts, ends)
    assignment = RoleAssignment.objects.create(person=person, role=role, starts=starts, ends=ends, proposed_by=by)
    history.record(by=by, verb=f"proposed as {assignment.get_role_display()}", about=person)
    return assignment


@transaction.atomic
def approve_role(*, assignment: RoleAssignment, by: Person) -> None:
    """Put a proposed role in force. Raises ValidationError for whoever it is for and whoever proposed it."""
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if by in (assignment.person, assignment.proposed_by):
        raise ValidationError("A role is approved by somebody other than its holder and its proposer.")
    if assignment.approved_at:
        return
    if assignment.is_over:
        raise ValidationError("This proposal was turned down, or its time is over: propose the role anew.")
    _refuse_exclusive(assignment.person, assignment.role, assignment.starts, assignment.ends, but=assignment.pk)
    assignment.approved_by, assignment.approved_at = by, timezone.now()
    assignment.save(update_fields=["approved_by", "approved_at"])
    history.record(by=by, verb=f"approved as {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: Person, on: date | None = None) -> None:
    """End a role from the day `on` (today unless told), or turn down one that was only proposed.

    Raises ValidationError for one that is over: its last day stays as it was.
    """
    if RoleAssignment.objects.select_for_update().get(pk=assignment.pk).is_over:
        raise ValidationError("This is over already: its last day stays as it was.")
    assignment.ends = max(on or timezone.localdate(), assignment.starts)
    assignment.save(update_fields=["ends"])
    verb = "ended as" if assignment.approved_at else "turned down as"
    history.record(by=by, verb=f"{verb} {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def reopen_roles(*, ends: list[tuple[int, str | None]], by: Person) -> None:
    """Give back roles that a leaving ended which is itself taken back: `(assignment id, end as it stood)`."""
    stood = dict(ends)
    for assignment in RoleAssignment.objects.filter(pk__in=stood).select_related("person"):
        before = parse_date(stood[assignment.pk]) if stood[assignment.pk] else None
        if assignment.ends != before:
            assignment.ends = before
            assignment.save(update_fields=["ends"])
            history.record(by=by, verb=f"again {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def name_first_holder(*, person: Person, role: str) -> RoleAssignment:
    """Give a role at set-up, when there is nobody yet who could propose and approve it.

    Raises ValidationError once anybody has held that role.
    """
    if RoleAssignment.objects.filter(role=role, approved_at__isnull=False).exists():
        raise ValidationError(f"{roles.ROLES[role].label} has had a holder: the next one is proposed and approved.")
    _refuse_exclusive(person, role, timezone.localdate(), None)
    assignment = RoleAssignment.objects.create(person=person, role=role, from_set_up=True, approved_at=timezone.now())
    history.record(by=None, verb=f"named {assignment.get_role_display()} at set-up", about=person)
    return assignment


def end_roles_of(people: Iterable[Person]) -> None:
    """Nobody who has gone holds a role; one that was to begin later ends on the day it would have begun."""
    today = timezone.localdate()
    live = RoleAssignment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=today), person__in=list(people))
    live.update(ends=Greatest("starts", today))


def _refuse_exclusive(person: Person, role: str, starts: date, ends: date | None, but: int | None = None) -> None:
    """The sentence before the database's own refusal (trigger `roles_exclude`)."""
    if role not in roles.EXCLUSIVE:
        return
    others = RoleAssignment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=starts), person=person)
    others = others.filter(role__in=roles.EXCLUSIVE).exclude(pk=but)
    if ends:
        others = others.filter(starts__lt=ends)
    if other := others.first():
        raise ValidationError(
            f"{person} is {other.get_role_display()}: whoever holds that role cannot be {roles.ROLES[role].label} too."
        )
