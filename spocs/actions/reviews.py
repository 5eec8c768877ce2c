"""What the coordinator does with a new profile: list it, or send it back with a sentence."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people.models import Person

from .. import policy
from ..models import Spoc, State
from .rows import reminded, write


@transaction.atomic
def agree(*, spoc: Spoc, by: Person) -> Spoc:
    """The coordinator has read the profile: it is listed at once. Raises ValidationError where it waits no longer."""
    spoc = _to_review(spoc, by)
    return _read(spoc, by, state=State.ACTIVE)


@transaction.atomic
def send_back(*, spoc: Spoc, by: Person, sentence: str) -> Spoc:
    """The coordinator asks for a change before the profile is listed; its SPOC consents anew, or does not.

    The sentence is kept until the SPOC acts. Raises ValidationError where the profile waits no longer.
    """
    spoc = _to_review(spoc, by)
    return _read(spoc, by, state=State.INVITED, consented_on=None, confirmed_on=None, sent_back=sentence)


def _to_review(spoc: Spoc, by: Person) -> Spoc:
    """Raises PermissionDenied for everybody but a coordinator who is another than the SPOC."""
    if not policy.may_review(by, spoc):
        raise PermissionDenied
    waiting = Spoc.objects.select_for_update(of=["self"]).select_related("person").filter(state=State.REVIEW)
    found = waiting.filter(pk=spoc.pk).first()
    if found is None:
        raise ValidationError("This profile does not wait to be read any more.")
    return found


def _read(spoc: Spoc, by: Person, **values) -> Spoc:
    return reminded(write(spoc, reviewed_by=by, reviewed_on=timezone.localdate(), **values))
