"""What ends: with somebody's leaving, and every night."""

from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from .models import LETTER_DAYS, Letter, MailCode, Notice, Try

KEPT = timedelta(days=1)  # of codes and tries, which are over within the hour
NOTICES_KEPT = timedelta(days=3)  # a mail server that is away for longer than a weekend


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves or dies comes in by nothing any longer; in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select door_close(%s)", [[person.pk for person in people]])


def over_before(kept):
    """Letters are kept for as long again as they were good for, so that somebody can say what became of one."""
    return timezone.now() - timedelta(days=LETTER_DAYS)


def purge(*, before) -> int:
    """Take away, as the worker, what is over; returns how many rows."""
    now = timezone.now()
    over = Q(used_at__lt=before) | Q(voided_at__lt=before) | Q(expires_at__lt=before)
    gone = [
        Letter.objects.filter(over, person__legal_hold=False),
        MailCode.objects.filter(made_at__lt=now - KEPT),
        Notice.objects.filter(made_at__lt=now - NOTICES_KEPT),
        Try.objects.filter(at__lt=now - KEPT),
    ]
    return sum(rows.delete()[0] for rows in gone)
