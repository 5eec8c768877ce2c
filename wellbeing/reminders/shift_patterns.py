"""Whose working days are which: everybody's Monday to Friday, or a shift pattern of their own.

The statements in `sql/` count with days that are reckoned here, once for each pattern and not for each person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from . import working_days
from .models import Pattern, at_hour

NONE_OF_THEIR_OWN = 0
_FIRST = date(2024, 1, 1)  # a Monday
_HOURS = range(24)


@dataclass(frozen=True)
class Reached:
    """The last days that count as reached for a kind, by pattern; of all patterns; and the latest date of interest."""

    patterns: list[int]
    untils: list[date]
    last: date
    furthest: date


def reached(kind, today: date) -> Reached:
    """What of that kind has been reached on `today`."""
    untils = {key: kind.told_until(today, works) for key, works in _every()}
    last = max(untils.values())
    return Reached(list(untils), list(untils.values()), last, last + timedelta(days=max(kind.steps)))


def hours_came() -> Iterator[tuple[int, int, datetime]]:
    """(pattern, hour, when it last came on a working day), for every pattern and each hour of the day."""
    now = timezone.now()
    today = timezone.localdate(now)
    for key, works in _every():
        last = working_days.on_or_before(today, works)
        before = working_days.on_or_before(last - timedelta(days=1), works)
        for hour in _HOURS:
            came = at_hour(last, hour)
            yield key, hour, came if came <= now else at_hour(before, hour)


def weekly(weekdays: set[int]) -> Pattern:
    """The pattern of somebody who works on these days of every week (0 is Monday), but for bank holidays."""
    days = "".join("1" if day in weekdays else "0" for day in range(7))
    return _the_one(days=days, starts=_FIRST, bank_holidays_off=True)


def rota(*, on: int, off: int, first_day: date) -> Pattern:
    """The pattern of so many days on and so many off, in turn, of which `first_day` is the first on."""
    since = (first_day - _FIRST).days % (on + off)
    return _the_one(days="1" * on + "0" * off, starts=_FIRST + timedelta(days=since), bank_holidays_off=False)


def _the_one(**values) -> Pattern:
    return Pattern.objects.get_or_create(**values)[0]


def _every() -> list[tuple[int, working_days.Works]]:
    own = [(pattern.pk, pattern.works_on) for pattern in Pattern.objects.all()]
    return [(NONE_OF_THEIR_OWN, working_days.is_working_day), *own]
