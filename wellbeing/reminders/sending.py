"""Sends what waits in the outbox: never lost, and at most twice for each worker that is killed.

A worker claims one row, in a transaction that ends before the mail server is spoken to, sends one
mail, and writes that it did. Workers pass over each other's claims (`SKIP LOCKED`). A worker killed
in between leaves a claimed row; once the lease is over the next worker sends it again, under the
same Message-ID.
"""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .models import Reminder, State

# Longer than the slowest conversation with a mail server can take (EMAIL_TIMEOUT for each of its steps).
LEASE = timedelta(minutes=5)
# How long to wait after the first, second, … attempt that failed: a mail server may be away for a weekend.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440, 1440))
SUBJECT = "You have a reminder in the portal"
# The server is there and will not have this mail; anything else is trouble with the server itself.
_ABOUT_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)

logger = logging.getLogger(__name__)


def send_due() -> int:
    """Send everything that may be sent now; returns how many mails went out. Ends early if the mail server is away."""
    give_up()
    sent = 0
    while reminder := claim():
        try:
            message_for(reminder).send()
        except OSError as trouble:  # smtplib's exceptions are OSErrors as well
            _put_back(reminder, trouble)
            if not isinstance(trouble, _ABOUT_THIS_MAIL):
                break
        else:
            _finish(reminder, state=State.SENT, sent_at=timezone.now())
            sent += 1
    return sent


@transaction.atomic
def claim() -> Reminder | None:
    """Claim the next row to send and return it, or None."""
    free = Reminder.objects.claimable(LEASE).select_related("person").select_for_update(skip_locked=True, of=("self",))
    reminder = free.first()
    if reminder:
        reminder.state, reminder.claimed_at = State.CLAIMED, timezone.now()
        reminder.attempts += 1
        reminder.save(update_fields=["state", "claimed_at", "attempts"])
    return reminder


def give_up() -> int:
    """Fail the rows whose every attempt ended with the worker's death; returns how many."""
    dead = Reminder.objects.filter(state=State.CLAIMED, claimed_at__lt=timezone.now() - LEASE)
    return dead.filter(attempts__gt=len(PAUSES)).update(state=State.FAILED)


def message_for(reminder: Reminder) -> EmailMultiAlternatives:
    """The mail: that something waits, and where. What it is, only the portal says."""
    context = {"address": settings.PORTAL_URL + reverse("reminders:list")}
    message = EmailMultiAlternatives(
        subject=SUBJECT,
        body=render_to_string("emails/reminder.txt", context),
        to=[reminder.person.email],
        headers={
            "Message-ID": f"<{reminder.message_id}@{settings.PORTAL_HOST}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("emails/reminder.html", context), "text/html")
    return message


def _put_back(reminder: Reminder, trouble: OSError) -> None:
    """Try again after a pause that grows; give up after the last. No address and no word of the server is logged."""
    logger.warning("A reminder could not be sent (attempt %d): %s", reminder.attempts, type(trouble).__name__)
    if reminder.attempts > len(PAUSES):
        _finish(reminder, state=State.FAILED)
    else:
        pause = PAUSES[reminder.attempts - 1]
        _finish(reminder, state=State.WAITING, next_attempt_at=timezone.now() + pause)


def _finish(reminder: Reminder, **values) -> None:
    """Write how this claim ended, unless another worker holds the row by now or it was closed meanwhile."""
    claimed = Reminder.objects.filter(pk=reminder.pk, state=State.CLAIMED, attempts=reminder.attempts)
    claimed.update(**values)
