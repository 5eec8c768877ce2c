"""What follows when what somebody signs in with is changed: confidential text and their roles close until confirmed.

Whoever keeps the roster decides where a sign-in goes, and whoever looks after accounts can take a factor away: each
could so become anybody for an hour. Therefore a change ends every session and password at once, and the account
stays closed until its holder shows a factor from before, or two people vouch for them who had no hand in it
(docs/decisions/0012-changed-identity.md).
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
from wellbeing.people.models import Person, RosterImport

CONFIRMED = "confirmed the identity of"
VOUCHED = "was the first of two to confirm the identity of"
TOOK_AWAY = "took away the second step of"
CHANGED_FACTOR = "changed the second step of"
ABOUT_IDENTITY = (CONFIRMED, VOUCHED, TOOK_AWAY, CHANGED_FACTOR)  # of whom it is, not of their row on the roster
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
        person.identity_vouched_by = person.identity_vouched_at = None
    for start in range(0, len(people), _BATCH):
        rows = Person.objects.filter(pk__in=[person.pk for person in people[start : start + _BATCH]])
        rows.update(
            identity_changed_at=Coalesce("identity_changed_at", now),
            identity_vouched_by=None,
            identity_vouched_at=None,
            password=password,
        )


@transaction.atomic
def take_away_factors(*, person: Person, by: Person) -> None:
    """Take away every second factor of somebody who has lost theirs, and close their account until two others confirm.

    Raises ValidationError for oneself: whoever can do this must not get round their own factor.
    """
    if by == person:
        raise ValidationError("Somebody else does this for you: nobody takes away their own second step here.")
    person = _locked(person)
    Authenticator.objects.filter(user=person).delete()
    _close(person, since=timezone.now(), by=by, verb=TOOK_AWAY)


@transaction.atomic
def close_changed_factor(*, person: Person, since: datetime) -> None:
    """Close the account of somebody whose factors were changed by a session that had shown none of the earlier ones.

    `since` is when the new factor was made, so that it does not count as one from before.
    """
    _close(_locked(person), since=since, by=person, verb=CHANGED_FACTOR)


@transaction.atomic
def confirm_identity(*, person: Person, by: Person) -> bool:
    """Note that `by` vouches for somebody; the second to do so opens the account. Returns whether it is open.

    Its sessions end then: none from before is trusted. Raises ValidationError for oneself, for whoever had a hand in
    the change, and for whoever has vouched already.
    """
    person = _locked(person)
    if person.identity_changed_at is None:
        return True
    if by == person or by.pk in _who_changed(person):
        raise ValidationError("Somebody else confirms this: neither they themselves nor whoever made the change.")
    if by.pk == person.identity_vouched_by_id:
        raise ValidationError("You have confirmed this already. It takes a second person.")
    if person.identity_vouched_by_id is None:
        _vouch(person, by=by)
        return False
    person.password = make_password(None)
    _open(person, by=by)
    return True


@transaction.atomic
def confirm_with_factor(*, person: Person, held_since: datetime) -> None:
    """Open an account again whose holder has just shown a factor that they have `held_since` before the change."""
    person = _locked(person)
    if person.identity_changed_at and held_since < person.identity_changed_at:
        _open(person, by=person)


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _close(person: Person, *, since: datetime, by: Person, verb: str) -> None:
    person.identity_changed_at = person.identity_changed_at or since
    person.identity_vouched_by = person.identity_vouched_at = None
    person.password = make_password(None)
    person.save(update_fields=["identity_changed_at", "identity_vouched_by", "identity_vouched_at", "password"])
    history.record(by=by, verb=verb, about=person)
    old_addresses.remember_factor(person)


def _vouch(person: Person, *, by: Person) -> None:
    person.identity_vouched_by, person.identity_vouched_at = by, timezone.now()
    person.save(update_fields=["identity_vouched_by", "identity_vouched_at"])
    history.record(by=by, verb=VOUCHED, about=person)


def _open(person: Person, *, by: Person) -> None:
    """What was enrolled or linked in between goes: it may be the thief's."""
    Authenticator.objects.filter(user=person, created_at__gte=person.identity_changed_at).delete()
    SocialAccount.objects.filter(user=person, date_joined__gte=person.identity_changed_at).delete()
    person.identity_changed_at = person.identity_vouched_by = person.identity_vouched_at = None
    person.save(update_fields=["identity_changed_at", "identity_vouched_by", "identity_vouched_at", "password"])
    history.record(by=by, verb=CONFIRMED, about=person)


def _who_changed(person: Person) -> set[int]:
    """Everybody who has changed their address, staff number or factors since it was last confirmed."""
    touched = Q(details__has_key="email") | Q(details__has_key="staff_number") | Q(verb__in=(TOOK_AWAY, CHANGED_FACTOR))
    changes = history.of(person).filter(touched, at__gte=person.identity_changed_at)
    hands = set(changes.exclude(by=None).values_list("by_id", flat=True))
    # Whoever brought the file has a hand in what it says.
    brought = RosterImport.objects.filter(confirmed_by__in=hands, applied_at__gte=person.identity_changed_at)
    return hands | set(brought.values_list("uploaded_by_id", flat=True))
