"""What follows when somebody's address or staff number is changed: the doors of their roles close until confirmed.

Whoever keeps the roster decides where a sign-in goes, and could so become anybody for an hour. Therefore a
change ends every session and password at once, and the privileged pages of that account stay closed until its
holder shows a factor from before, or a second person vouches for them (docs/decisions/0012-changed-identity.md).
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from wellbeing.people import history, old_addresses
from wellbeing.people.models import Person

CONFIRMED = "confirmed the identity of"
_BATCH = 1000


def close_changed(changed: list[tuple[Person, dict]]) -> None:
    """Close the accounts that `(person as stored, {field: new value})` gives to another address or staff number.

    The first change counts until it is confirmed: putting an address back must not make a factor that was
    enrolled in between look older than the change. A new unusable password ends the sessions.
    """
    people = [person for person, values in changed if old_addresses.changes_identity(person, values)]
    now, password = timezone.now(), make_password(None)
    for person in people:
        person.identity_changed_at, person.password = person.identity_changed_at or now, password
    for start in range(0, len(people), _BATCH):
        rows = Person.objects.filter(pk__in=[person.pk for person in people[start : start + _BATCH]])
        rows.update(identity_changed_at=Coalesce("identity_changed_at", now), password=password)


@transaction.atomic
def confirm_identity(*, person: Person, by: Person) -> None:
    """Open an account again for which `by` vouches. Its sessions end: none from before is trusted.

    Raises ValidationError for oneself, and for whoever had a hand in the change.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.identity_changed_at is None:
        return
    if by == person or by.pk in _who_changed(person):
        raise ValidationError("Somebody else confirms this: neither they themselves nor whoever made the change.")
    person.password = make_password(None)
    _open(person, by=by)


@transaction.atomic
def confirm_with_factor(*, person: Person, held_since: datetime) -> None:
    """Open an account again whose holder has just shown a factor that they have `held_since` before the change."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.identity_changed_at and held_since < person.identity_changed_at:
        _open(person, by=person)


def _open(person: Person, *, by: Person) -> None:
    """What was enrolled or linked in between goes: it may be the thief's."""
    Authenticator.objects.filter(user=person, created_at__gte=person.identity_changed_at).delete()
    SocialAccount.objects.filter(user=person, date_joined__gte=person.identity_changed_at).delete()
    person.identity_changed_at = None
    person.save(update_fields=["identity_changed_at", "password"])
    history.record(by=by, verb=CONFIRMED, about=person)


def _who_changed(person: Person) -> set[int]:
    """Everybody who has changed their address or staff number since it was last confirmed."""
    touched = Q(details__has_key="email") | Q(details__has_key="staff_number")
    changes = history.of(person).filter(touched, at__gte=person.identity_changed_at)
    return set(changes.exclude(by=None).values_list("by_id", flat=True))
