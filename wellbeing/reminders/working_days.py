"""Working days: Monday to Friday without the bank holidays of England, or the days of somebody's own shift pattern.

The bank holidays ship with a package; no network is asked. Every function takes `works`, which says of a day
whether it is a working day; `is_working_day` unless somebody has set a pattern (`Pattern.works_on`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

_SATURDAY = 5
_DAY = timedelta(days=1)

Works = Callable[[date], bool]


def is_bank_holiday(day: date) -> bool:
    return day in _bank_holidays()


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def on_or_after(day: date, works: Works = is_working_day) -> date:
    """`day` itself where it is a working day, else the next one: for invitations."""
    while not works(day):
        day += _DAY
    return day


def on_or_before(day: date, works: Works = is_working_day) -> date:
    """`day` itself where it is a working day, else the one before: for limits."""
    while not works(day):
        day -= _DAY
    return day


def between(earlier: date, later: date) -> int:
    """How many working days lie after `earlier`, up to and with `later`; 0 where `later` is not later."""
    days = range(1, (later - earlier).days + 1)
    return sum(is_working_day(earlier + timedelta(days=number)) for number in days)


def after(day: date, number: int, works: Works = is_working_day) -> date:
    """The working day that is so many working days after `day`."""
    for _ in range(number):
        day = on_or_after(day + _DAY, works)
    return day


def last_invitation(today: date, works: Works = is_working_day) -> date:
    """The last day whose invitation is due by `today`: one that falls later moves to a working day still to come."""
    return on_or_before(today, works)


def last_limit(today: date, works: Works = is_working_day) -> date:
    """The last day whose limit is due by `today`: one that falls on the days off ahead has moved back to today."""
    return on_or_after(today + _DAY, works) - _DAY


@cache
def _bank_holidays() -> frozenset[date]:
    known = BankHolidays(use_cached_holidays=True)  # never asks the network
    return frozenset(holiday["date"] for holiday in known.get_holidays(division=known.ENGLAND_AND_WALES))
