"""The days of a series of meetings."""

from datetime import date, timedelta

from forum.models import Rhythm
from wellbeing.reminders.working_days import on_or_after

_WEEKS = {Rhythm.FOUR_WEEKS: 4, Rhythm.SIX_WEEKS: 6, Rhythm.EIGHT_WEEKS: 8}
_MONTHS = {Rhythm.MONTH: 1, Rhythm.TWO_MONTHS: 2, Rhythm.QUARTER: 3}
_WEEK, _YEAR = 7, 12


def days_of(first: date, rhythm: str, number: int) -> list[date]:
    """`number` days from `first` on. One on a weekend or a bank holiday moves to the next working day; the others stay
    in step. By the month they keep their place in it: the second Tuesday, and after the fourth the last one."""
    if rhythm in _WEEKS:
        days = [first + timedelta(weeks=_WEEKS[rhythm] * step) for step in range(number)]
    else:
        days = [_same_weekday(first, _MONTHS[rhythm] * step) for step in range(number)]
    return [on_or_after(day) for day in days]


def _same_weekday(first: date, months: int) -> date:
    """The day so many months later that is the same weekday of its month: the fifth is the last where there is none."""
    later = first.year * _YEAR + first.month - 1 + months
    begin = date(later // _YEAR, later % _YEAR + 1, 1)
    day = begin + timedelta((first.weekday() - begin.weekday()) % _WEEK + (first.day - 1) // _WEEK * _WEEK)
    return day if day.month == begin.month else day - timedelta(days=_WEEK)
