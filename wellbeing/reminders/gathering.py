"""Puts what waits into mails: one digest a day for each reader at their hour, and what is urgent at once."""

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from . import kinds, sql
from .models import DEFAULT_HOUR, at_hour
from .shift_patterns import hours_came


@transaction.atomic
def gather() -> None:
    """Make the mails whose time has come, as the worker; three statements, whatever the number of people.

    Nothing where another worker is at it already. A reminder that its reader wants no mail of stays untold, and so
    is told once they want it.
    """
    if not _alone():
        return
    patterns, hours, came = zip(*hours_came(), strict=True)
    now = timezone.now()
    known = {
        "patterns": list(patterns),
        "hours": list(hours),
        "came": list(came),
        "hour": DEFAULT_HOUR,
        "kinds": kinds.names(),
        "urgent": kinds.names(urgent=True),
        "always": kinds.names(optional=False),
        "day": timezone.localdate(now),
        "today": at_hour(timezone.localdate(now), 0),
        "zone": settings.TIME_ZONE,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.PLAN_FOR_MANY)
        for statement in (sql.URGENT, sql.DIGESTS, sql.INTO_DIGESTS):
            cursor.execute(statement, known)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('reminders.gather'))")
        return cursor.fetchone()[0]
