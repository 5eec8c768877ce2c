"""Days on which tests may rely: a test has to pass on every day of the year, also on the eve of a holiday."""

from datetime import date, timedelta

from django.utils import timezone

from wellbeing.reminders.working_days import is_working_day

AT_MOST = 20  # days: how far ahead the next quiet one may lie; the furthest is after Christmas


def is_quiet(day: date) -> bool:
    """Whether it lies amid working days, so that nothing moves to it or from it, and far from the turn of a month."""
    return 3 <= day.day <= 27 and all(is_working_day(day + timedelta(days=n)) for n in (-1, 0, 1))


def quiet_day() -> date:
    """The next quiet day, not today: at most `AT_MOST` days ahead of the clock, and as many ahead of the database's."""
    today = timezone.localdate()
    return next(day for n in range(1, AT_MOST + 1) if is_quiet(day := today + timedelta(days=n)))
