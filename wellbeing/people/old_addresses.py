"""Telling people that what they sign in with was changed, at the address they had until then.

A sign-in could be stolen by changing the address it goes to, or the staff number by which the force's own
sign-in knows somebody, in a roster file or in the admin. Whoever reads the old address hears of it,
whether or not they have ever signed in. (OWASP ASVS 5.0, 6.3.7)
"""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from .models import Force, OldAddress, Person

SUBJECT = "How you sign in was changed"
SIGNS_IN_BY = ("email", "staff_number")
KEPT = timedelta(days=3)  # a mail server that is away for longer than a weekend

logger = logging.getLogger(__name__)


def remember(changed: list[tuple[Person, dict]]) -> None:
    """Note whom to tell of what `(person as stored, {field: new value})` changes; nobody writes to the dead."""
    rows = [
        OldAddress(person=person, address=person.email)
        for person, values in changed
        if person.died_on is None and changes_identity(person, values)
    ]
    if OldAddress.objects.bulk_create(rows, batch_size=1000):
        _tell_soon()


def remember_factor(person: Person) -> None:
    """Note that this person is to be told of a factor that was changed or taken away; nobody writes to the dead."""
    if person.died_on is None:
        OldAddress.objects.create(person=person, address=person.email)
        _tell_soon()


def changes_identity(person: Person, values: dict) -> bool:
    """Whether these new values change what this person, as stored, signs in by."""
    return any(field in values and getattr(person, field) != values[field] for field in SIGNS_IN_BY)


def _tell_soon() -> None:
    from . import tasks  # here, for the tasks call this module

    transaction.on_commit(lambda: tasks.tell_old_addresses.delay(), robust=True)


def tell() -> int:
    """Send what waits, each in a transaction with its row's end; returns how many. Stops while the server is away."""
    OldAddress.objects.filter(changed_at__lt=timezone.now() - KEPT).delete()
    sent = 0
    while _tell_one():
        sent += 1
    return sent


@transaction.atomic
def _tell_one() -> bool:
    row = OldAddress.objects.select_for_update(skip_locked=True).first()
    if row is None:
        return False
    context = {"force": Force.objects.first(), "changed_at": row.changed_at}
    message = EmailMessage(
        SUBJECT,
        render_to_string("emails/old_address.txt", context),
        to=[row.address],
        headers={
            "Message-ID": f"<old-address-{row.pk}@{settings.PORTAL_HOST}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:  # nobody reads this address any more
        logger.warning("A mail to an old address was refused: %s", type(refusal).__name__)
    except OSError as trouble:  # smtplib's exceptions are OSErrors as well
        logger.warning("A mail to an old address waits: %s", type(trouble).__name__)
        return False
    row.delete()
    return True
