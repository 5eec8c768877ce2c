"""When a service answers: opening times as people write them, and what the clock says of them.

They are kept as the sentence that pages show, “Monday to Friday 9am to 5pm; Saturday 10am to 1pm”, which `read`
understands, so that what is shown and what is reckoned with are one. A closing time that is not later than the
opening time belongs to the next day. Nothing here asks the database. Times are those of the portal's time zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as format_date

from wellbeing.reminders.working_days import is_bank_holiday

NIGHT_FROM, NIGHT_UNTIL = time(20), time(7)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEVERAL = {"every day": "monday-sunday", "daily": "monday-sunday", "weekdays": "monday-friday"}
_SEVERAL |= {"weekends": "saturday-sunday"}
_HOUR, _DAY, _HALF_DAY = 60, 24 * 60, 12
_PART = re.compile(r"([a-z][a-z ,&-]*?) ?((?:\d|noon|midnight).*)")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")
_AHEAD, _BACK, _WEEK = 22, 2, 7  # days
_RUN = 3  # from so many days in a row on, “Monday to Wednesday”
_HINT = "Write it like “Mon-Fri 9am-5pm; Sat 10:00-13:00”."


@dataclass(frozen=True, order=True)
class Session:
    """From when to when on one day of the week, 0 for Monday, in minutes after its midnight; over 1440 is the day
    after."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True)
class Span:
    """From one moment to another, in UTC: only so does the day on which the clocks change come out right."""

    start: datetime
    end: datetime


@lru_cache(maxsize=256)
def read(text: str) -> tuple[Session, ...]:
    """The opening times written in `text`, by day. Raises ValidationError, which says what it does not understand."""
    parts = [" ".join(part.split()) for part in re.split(r"[;\n]", text.lower()) if part.strip()]
    return tuple(sorted({session for part in parts for session in _sessions(part)}))


def check(text: str) -> None:
    """Raise ValidationError for opening times that cannot be understood: for the form."""
    read(text)


def in_words(sessions: tuple[Session, ...]) -> str:
    """The sentence for opening times; days that are alike share a part of it."""
    by_day = {day: tuple(day_sessions) for day, day_sessions in groupby(sessions, key=lambda one: one.weekday)}
    alike: dict[tuple, list[int]] = {}
    for weekday, day_sessions in by_day.items():
        alike.setdefault(tuple((one.opens, one.closes) for one in day_sessions), []).append(weekday)
    return "; ".join(f"{_days_in_words(days)} {_times_in_words(times)}" for times, days in alike.items())


def is_open(sessions: tuple[Session, ...], *, closed_on_bank_holidays: bool, now: datetime | None = None) -> bool:
    """Whether somebody answers at this moment."""
    now = now or timezone.now()
    return any(span.start <= now < span.end for span in _spans(sessions, now, closed_on_bank_holidays))


def now_in_words(sessions: tuple[Session, ...], *, closed_on_bank_holidays: bool, now: datetime | None = None) -> str:
    """“Open now, until 5pm”, or “Closed now, opens Monday at 9am”."""
    now = now or timezone.now()
    ahead = [span for span in _spans(sessions, now, closed_on_bank_holidays) if span.end > now]
    if not ahead:
        return "Closed now"
    if ahead[0].start > now:
        return f"Closed now, opens {_moment(ahead[0].start, now)}"
    if ahead[0].end - now > timedelta(days=_WEEK):
        return "Open now"
    soon = ahead[0].end - now < timedelta(hours=_HALF_DAY)
    return f"Open now, until {_clock(ahead[0].end) if soon else _moment(ahead[0].end, now)}"


def is_night(now: datetime | None = None) -> bool:
    """Whether it is night at the force: from eight in the evening until seven in the morning."""
    clock = timezone.localtime(now).time()
    return clock >= NIGHT_FROM or clock < NIGHT_UNTIL


# --- Reading ------------------------------------------------------------------------------------------


def _sessions(part: str) -> list[Session]:
    found = _PART.fullmatch(re.sub(r" ?(?:-|–|—|\bto\b|\buntil\b) ?", "-", part))
    if not found:
        raise ValidationError(f"“{part}” needs days and times. {_HINT}")
    days, times = (_listed(words) for words in found.groups())
    hours = [_times(one) for one in times]
    return [Session(weekday, *pair) for one in days for weekday in _weekdays(one) for pair in hours]


def _listed(words: str) -> list[str]:
    return [one.strip() for one in re.split(r",|&|\band\b", words) if one.strip()]


def _weekdays(words: str) -> list[int]:
    first, _, last = _SEVERAL.get(words, words).partition("-")
    start, end = _weekday(first), _weekday(last or first)
    return [day % _WEEK for day in range(start, end + 1 if end >= start else end + 1 + _WEEK)]


def _weekday(word: str) -> int:
    short = word.strip().removesuffix("s")
    found = [number for number, day in enumerate(DAYS) if len(short) > 1 and day.lower().startswith(short)]
    if len(found) != 1:
        raise ValidationError(f"“{word}” is not a day of the week. {_HINT}")
    return found[0]


def _times(words: str) -> tuple[int, int]:
    opens, dash, closes = words.partition("-")
    if not dash:
        raise ValidationError(f"“{words}” needs a time to open and a time to close. {_HINT}")
    start, end = _minutes(opens) % _DAY, _minutes(closes)
    return start, end if end > start else end + _DAY


def _minutes(word: str) -> int:
    if word in ("noon", "midnight"):
        return {"noon": _DAY // 2, "midnight": 0}[word]
    found = _TIME.fullmatch(word.strip())
    hour, minute, half = found.groups() if found else (None, None, None)
    if hour is None or not (minute or half):
        raise ValidationError(f"“{word}” is not a time: write “9am”, “9:30am” or “09:30”. {_HINT}")
    hours, minutes = int(hour), int(minute or 0)
    wrong = not 1 <= hours <= _HALF_DAY if half else hours * _HOUR + minutes > _DAY
    if wrong or minutes >= _HOUR:
        raise ValidationError(f"“{word}” is not a time of the day. {_HINT}")
    return (hours % _HALF_DAY + (_HALF_DAY if half == "pm" else 0) if half else hours) * _HOUR + minutes


# --- Words --------------------------------------------------------------------------------------------


def _days_in_words(days: list[int]) -> str:
    if len(days) == _WEEK:
        return "Every day"
    runs = [[number for _, number in run] for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])]
    words = []
    for run in runs:
        names = [DAYS[number] for number in run]
        words += [f"{names[0]} to {names[-1]}"] if len(run) >= _RUN else names
    return _and(words)


def _times_in_words(times: tuple[tuple[int, int], ...]) -> str:
    return _and([f"{_minutes_in_words(opens)} to {_minutes_in_words(closes)}" for opens, closes in times])


def _minutes_in_words(minutes: int) -> str:
    hour, minute = divmod(minutes % _DAY, _HOUR)
    if not minute and hour in (0, _HALF_DAY):
        return "noon" if hour else "midnight"
    return f"{hour % _HALF_DAY or _HALF_DAY}{f':{minute:02}' if minute else ''}{'pm' if hour >= _HALF_DAY else 'am'}"


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# --- The clock ----------------------------------------------------------------------------------------


def _spans(sessions: tuple[Session, ...], now: datetime, closed_on_bank_holidays: bool) -> list[Span]:
    """From two days ago on, in order; times that run into each other are one."""
    today = timezone.localdate(now)
    days = [today + timedelta(days=number) for number in range(-_BACK, _AHEAD)]
    found = sorted(
        (_at(day, one.opens), _at(day, one.closes))
        for day in days
        if not (closed_on_bank_holidays and is_bank_holiday(day))
        for one in sessions
        if one.weekday == day.weekday()
    )
    spans: list[Span] = []
    for start, end in found:
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return spans


def _at(day: date, minutes: int) -> datetime:
    days, minutes = divmod(minutes, _DAY)
    clock = time(*divmod(minutes, _HOUR), tzinfo=timezone.get_default_timezone())
    return datetime.combine(day + timedelta(days=days), clock).astimezone(UTC)


def _moment(moment: datetime, now: datetime) -> str:
    local, today = timezone.localtime(moment), timezone.localdate(now)
    days = (local.date() - today).days
    if days < _WEEK:
        day = ("today", "tomorrow")[days] if days <= 1 else DAYS[local.weekday()]
    else:
        day = format_date(local.date(), "l j F")
    return f"{day} at {_clock(moment)}"


def _clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _minutes_in_words(local.hour * _HOUR + local.minute)
