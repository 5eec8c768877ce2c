"""Publishing the figures of quarters that are over: the database makes them, once."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from wellbeing.reminders import working_days

QUARTERS = 8
_AROUND = 31  # days after a quarter in which a meeting of its last day may still be met


def publish() -> int:
    """Publish what is not published yet of the last eight quarters; returns how many cells are new.

    Nothing for anybody but the worker and the wellbeing lead, nor of a quarter that is over for less than a fortnight.
    """
    return sum(_publish(quarter) for quarter in quarters_before(timezone.localdate()))


def quarters_before(day: date) -> list[date]:
    """The first days of the eight quarters that were over by then, the newest first."""
    found, first = [], quarter_of(day)
    for _ in range(QUARTERS):
        first = quarter_of(first - timedelta(days=1))
        found.append(first)
    return found


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


@transaction.atomic
def _publish(quarter: date) -> int:
    days = (quarter + timedelta(days=number) for number in range(92 + _AROUND))
    with connection.cursor() as cursor:
        holidays = [day for day in days if working_days.is_bank_holiday(day)]
        cursor.execute("select mentoring_publish_figures(%s, %s::date[])", [quarter, holidays])
        return cursor.fetchone()[0]
