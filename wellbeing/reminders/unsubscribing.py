"""The address in a digest by which its reader switches mail off without signing in.

It is signed, names nobody, does one thing, and is good for a year, while the reader has the address it was sent to.
Mail programs ask it by themselves at one click (RFC 8058), so that it must work without a cookie.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from wellbeing.people.models import Person

GOOD_FOR = timedelta(days=365)
_SALT = "wellbeing.reminders.unsubscribing"


def address_for(person: Person) -> str:
    """The whole address, for one person's mails."""
    token = signing.dumps([person.pk, _mark(person)], salt=_SALT)
    return settings.PORTAL_URL + reverse("reminders:unsubscribe", args=[token])


def person_of(token: str) -> Person | None:
    """Whose address that is; None for one that is not ours, too old, or of somebody who has left."""
    try:
        key, mark = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    person = Person.objects.current().filter(pk=key).first()
    return person if person and _mark(person) == mark else None


def _mark(person: Person) -> str:
    """By which a later address of theirs is known."""
    return salted_hmac(_SALT, person.email).hexdigest()[:12]
