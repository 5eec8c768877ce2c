"""Sending codes, and words about somebody's way in; by the worker, which works a code out from the key of its row.

So an answer at the door takes no longer where a mail follows. Nothing says what the portal is for to whoever else
reads the mailbox.
"""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from wellbeing.people.models import Force

from . import secrets
from .models import CODE_LASTS, Entry, MailCode, Notice

CODE_SUBJECT, SUBJECT = "Your code", "About how you sign in"

logger = logging.getLogger(__name__)


def send_codes() -> int:
    """Send the codes that wait; returns how many. One that a crash leaves behind is asked for again by its reader."""
    fresh = MailCode.objects.filter(sent_at=None, used_at=None, made_at__gt=timezone.now() - CODE_LASTS)
    return sum(_send_code(key) for key in fresh.order_by("made_at").values_list("pk", flat=True))


def send_notices() -> int:
    """Send the words that wait, each in a transaction with its row's end; returns how many."""
    sent = 0
    while _send_notice():
        sent += 1
    return sent


@transaction.atomic
def _send_code(key) -> int:
    row = MailCode.objects.select_for_update(skip_locked=True).filter(pk=key, sent_at=None).first()
    if row is None:
        return 0
    address = row.address or _address_of(row)
    if address and not _send(address, CODE_SUBJECT, "code", {"code": secrets.mail_code(row.pk)}, row.pk):
        return 0
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    return int(bool(address))


@transaction.atomic
def _send_notice() -> bool:
    row = Notice.objects.select_for_update(skip_locked=True).first()
    if row is None or not _send(row.address, SUBJECT, "notice", {"what": row.what, "at": row.made_at}, row.pk):
        return False
    row.delete()
    return True


def _address_of(row: MailCode) -> str:
    """Where a code to come in with goes."""
    return Entry.objects.filter(pk=row.person_id).values_list("mail", flat=True).first() or ""


def _send(address: str, subject: str, template: str, context: dict, key) -> bool:
    """Whether the mail is done with: sent, or refused for good."""
    force = Force.objects.first()
    message = EmailMessage(
        subject,
        render_to_string(f"my_plan/door/mail_{template}.txt", context | {"force": force}),
        to=[address],
        headers={"Message-ID": f"<door-{key}@{settings.PORTAL_HOST}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        logger.warning("A mail about coming in was refused: %s", type(refusal).__name__)
    except OSError as trouble:  # smtplib's exceptions are OSErrors as well
        logger.warning("A mail about coming in waits: %s", type(trouble).__name__)
        return False
    return True
