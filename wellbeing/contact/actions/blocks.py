"""Not being brought together with somebody any more. Nobody is told, and no reason is asked."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from wellbeing.people.models import Person

from .. import queries
from ..models import ContactBlock
from . import requests


@transaction.atomic
def block(*, by: Person, request: UUID) -> None:
    """The other one of this request is no longer asked by `by`, as what they asked them, nor `by` by them. Of whoever
    asked `by`, everything is turned down; what `by` asked of them is deleted.

    Raises ValidationError where the request is gone.
    """
    row = queries.of_the_two(by).filter(pk=request).first()
    if row is None:
        raise ValidationError("This is no longer here.")
    requests.one_at_a_time(row.asker_id)
    is_asker = row.asker_id == by.pk
    other = row.volunteer_id if is_asker else row.asker_id
    new = ContactBlock(by=by, person_id=other, kind=row.kind if is_asker else "")
    ContactBlock.objects.bulk_create([new], ignore_conflicts=True)
    if not is_asker:  # who waits for an answer reads that they cannot just now, as anybody might
        requests.turn_down(by=by, asker=other)
        return
    queries.of_the_two(by).filter(asker=by, volunteer=other, kind=row.kind).delete()


@transaction.atomic
def unblock(*, by: Person, key: UUID) -> None:
    """Take it back; nothing that was deleted returns."""
    ContactBlock.objects.filter(by=by, pk=key).delete()
