"""Sends the mails that wait: never lost, and at most twice for each worker that is killed.

A worker claims one mail, in a transaction that ends before the mail server is spoken to, sends it, and writes that
it did. Workers pass over each other's claims (`SKIP LOCKED`). A worker killed in between leaves a claimed mail;
once the lease is over the next worker sends it again, under the same Message-ID.
"""

import logging
import time
from datetime import timedelta
from email.mime.text import MIMEText
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from . import actions, kinds, policy, unsubscribing
from .gathering import gather
from .models import Mail, MailState

# Longer than the slowest conversation with a mail server can take (EMAIL_TIMEOUT for each of its steps).
LEASE = timedelta(minutes=5)
# How long to wait after the first, second, … attempt that failed: a mail server may be away for a weekend.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440, 1440))
AT_A_TIME, GATHER_EVERY = 45, 5  # seconds
SUBJECT, URGENT_SUBJECT = "You have a reminder in the portal", "Please look in the portal now"
# The server is there and will not have this mail; anything else is trouble with the server itself.
_ABOUT_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)

logger = logging.getLogger(__name__)


def send_due(*, for_seconds: float = AT_A_TIME) -> int:
    """Gather what has come due and send it; returns how many mails went out.

    Ends early if the mail server is away, and after `for_seconds`: the worker has more to do than this, and is woken
    for the rest. What has become urgent meanwhile is gathered every few seconds, and goes first.
    """
    sent, started, gathered = 0, time.monotonic(), None
    while time.monotonic() - started < for_seconds:
        if gathered is None or time.monotonic() - gathered > GATHER_EVERY:
            take_up_again()
            gather()
            gathered = time.monotonic()
        mail = claim()
        if mail is None:
            return sent
        if not _still_to_tell(mail):
            _drop(mail)
            continue
        try:
            message_for(mail).send()
        except Exception as trouble:  # whatever it is about this mail, the others go out
            _put_back(mail, trouble)
            if isinstance(trouble, OSError) and not isinstance(trouble, _ABOUT_THIS_MAIL):
                return sent  # trouble with the server itself; smtplib's exceptions are OSErrors as well
        else:
            _sent(mail)
            sent += 1
    actions.wake()
    return sent


@transaction.atomic
def claim() -> Mail | None:
    """Claim the next mail to send and return it, an urgent one before any digest; None where none waits."""
    waiting = Mail.objects.claimable().select_for_update(skip_locked=True)
    mail = waiting.filter(day__isnull=True).first() or waiting.first()
    if mail:
        mail.state, mail.claimed_at = MailState.CLAIMED, timezone.now()
        mail.attempts += 1
        mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


def take_up_again() -> None:
    """Let mails that a worker claimed and never finished wait again, or fail where every attempt ended so. A time to
    try again that lies further ahead than any pause was written by a wrong clock: it has come."""
    now = timezone.now()
    left = Mail.objects.left_behind(LEASE)
    left.filter(attempts__gt=len(PAUSES)).update(state=MailState.FAILED, trouble="The worker stopped each time")
    left.update(state=MailState.WAITING, next_attempt_at=now)
    Mail.objects.filter(state=MailState.WAITING, next_attempt_at__gt=now + max(PAUSES) + LEASE).update(
        next_attempt_at=now
    )


def message_for(mail: Mail) -> EmailMultiAlternatives:
    """The mail: that something waits, and where. What it is, only the portal says, but for what any passer-by may
    read and its reader may answer at one tap (`Kind.one_tap`)."""
    digest = mail.day is not None
    subject = SUBJECT if digest else URGENT_SUBJECT
    context = {
        "subject": subject,
        "address": settings.PORTAL_URL + reverse("reminders:list"),
        "outside_address": settings.PORTAL_URL + reverse("my_plan:show"),
        "settings_address": settings.PORTAL_URL + reverse("reminders:settings"),
        "digest": digest,
        "taps": _taps(mail),
    }
    headers = {"Message-ID": f"<{mail.pk}@{settings.PORTAL_HOST}>", "Auto-Submitted": "auto-generated"}
    if digest:  # RFC 2369 and, for one click in the mail program, RFC 8058
        headers["List-Unsubscribe"] = f"<{unsubscribing.address_for(mail.person)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = render_to_string("emails/reminder.txt", context)
    message = EmailMultiAlternatives(subject=subject, body=body, to=[mail.person.email], headers=headers)
    message.attach_alternative(render_to_string("emails/reminder.html", context), "text/html")
    for content in _calendar_files(mail):
        message.attach(_calendar_part(content))
    return message


def _taps(mail: Mail) -> list[tuple[str, str]]:
    """What its reader may answer from the mail itself: words and address of each."""
    tapped = {kind.name: kind.one_tap for kind in kinds.every() if kind.one_tap}
    waiting = policy.shown_to(mail.person).filter(mail=mail, kind__in=tapped)
    return [tap for reminder in waiting if (tap := tapped[reminder.kind](reminder))]


def _calendar_files(mail: Mail) -> list[bytes]:
    """What calendars are to take in from this mail."""
    made = {kind.name: kind.calendar_file for kind in kinds.every() if kind.calendar_file}
    waiting = policy.shown_to(mail.person).filter(mail=mail, kind__in=made)
    return [content for reminder in waiting if (content := made[reminder.kind](reminder))]


def _calendar_part(content: bytes) -> MIMEText:
    """The file as a part that mail programs offer as an invitation, an update or a cancelling (RFC 6047, 2.4)."""
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", str(Calendar.from_ical(content)["method"]))
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part


def _still_to_tell(mail: Mail) -> bool:
    """Whether its reader is here, at an address that is confirmed, and something in it still waits of which they still
    want mail: hours may lie between two attempts."""
    if not mail.person.is_active or mail.person.identity_changed_at:
        return False
    wishes = policy.preferences_of(mail.person)
    optional = {kind.name: kind.optional for kind in kinds.every()}
    waiting = policy.shown_to(mail.person).filter(mail=mail, kind__in=optional).values_list("kind", flat=True)
    return any(wishes.mails(kind=kind, optional=optional[kind]) for kind in waiting)


@transaction.atomic
def _drop(mail: Mail) -> None:
    """Nothing in it is to be told by mail now; should its reader change their mind, it will be gathered anew."""
    if _finish(mail, state=MailState.DROPPED):
        mail.reminders.update(mail=None, told_at=None)


@transaction.atomic
def _sent(mail: Mail) -> None:
    if _finish(mail, state=MailState.SENT, sent_at=timezone.now(), trouble="") and mail.day:
        # Whoever reads this one reads what the earlier ones were to tell.
        earlier = Mail.objects.filter(person=mail.person_id, day__isnull=False, state=MailState.FAILED)
        earlier.update(state=MailState.DROPPED)


def _put_back(mail: Mail, trouble: Exception) -> None:
    """Try again after a pause that grows; give up after the last. No address and no word of the server is kept."""
    words = _in_a_word(trouble)
    logger.warning("A mail could not be sent (attempt %d): %s", mail.attempts, words)
    if mail.attempts > len(PAUSES):
        _finish(mail, state=MailState.FAILED, trouble=words)
    else:
        pause = PAUSES[mail.attempts - 1]
        _finish(mail, state=MailState.WAITING, next_attempt_at=timezone.now() + pause, trouble=words)


def _finish(mail: Mail, **values) -> bool:
    """Write how this claim ended, unless another worker holds the mail by now; returns whether it was written."""
    claimed = Mail.objects.filter(pk=mail.pk, state=MailState.CLAIMED, attempts=mail.attempts)
    return bool(claimed.update(**values))


def _in_a_word(trouble: Exception) -> str:
    """What kind of trouble, with the number of the server's answer where it gave one: “SMTPRecipientsRefused 550”."""
    codes = []
    if isinstance(trouble, SMTPRecipientsRefused):
        codes = [code for code, _ in trouble.recipients.values()]
    elif isinstance(trouble, SMTPResponseException):
        codes = [trouble.smtp_code]
    return " ".join([type(trouble).__name__, *(str(code) for code in codes[:1])])
