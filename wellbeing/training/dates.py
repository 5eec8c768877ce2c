"""Days of training, reckoned."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(day: date, months: int | None) -> date | None:
    """The last day on which something done on `day` holds, where it holds for so many months; None: without end."""
    return None if months is None else months_after(day, months)
