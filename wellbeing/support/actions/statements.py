"""The only writes to what is signed: one person drafts, another approves, and then it stays. Each is recorded."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person

from .. import policy
from ..models import Statement


@transaction.atomic
def draft_statement(*, statement: Statement, by: Person, **values) -> Statement:
    """Write a draft, new or changed, and return it; whoever wrote it last is who proposes it.

    Its number is the next of its kind. Raises ValidationError for a day that is over; the database refuses a
    second draft of a kind and any change to a version that was agreed (IntegrityError).
    """
    is_new = statement.pk is None
    details = {} if is_new else history.difference(statement, values)
    for field, value in values.items():
        setattr(statement, field, value)
    if statement.in_force_from < timezone.localdate():
        raise ValidationError({"in_force_from": "Choose today or a day that is still to come."})
    if is_new:
        last = Statement.objects.filter(kind=statement.kind).aggregate(last=Max("version"))["last"]
        statement.version = (last or 0) + 1
    statement.proposed_by = by
    statement.save()
    history.record(by=by, verb="drafted" if is_new else "changed", about=statement, details=_told(details))
    return statement


@transaction.atomic
def approve_statement(*, statement: Statement, by: Person) -> Statement:
    """Agree to a draft, which then holds from its day on and is never changed. Returns it.

    Raises PermissionDenied for whoever may not approve, ValidationError for whoever wrote it, for one that is
    agreed already, and where nobody has signed.
    """
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if not policy.may_approve_statements(by):
        raise PermissionDenied
    if statement.is_agreed:
        raise ValidationError("It is agreed already.")
    if statement.proposed_by_id == by.pk:
        raise ValidationError("Somebody else approves what you have written.")
    if not statement.signatures and statement.kind != statement.Kind.PRIVACY:
        raise ValidationError("Write down who signed it before it is approved.")
    statement.approved_by, statement.approved_at = by, timezone.now()
    statement.in_force_from = max(statement.in_force_from, timezone.localdate())
    statement.save(update_fields=["approved_by", "approved_at", "in_force_from"])
    history.record(by=by, verb="approved", about=statement)
    return statement


def _told(details: dict) -> dict:
    """That the words changed, and not what they were: the version itself says it."""
    return {field: None if field in ("short", "text") else change for field, change in details.items()}
