"""Writes down what the reminders' work did, for the technical admin: when, how long, how many, and what went wrong."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import Error, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .models import Run

_LONGEST = 60


@dataclass
class Tally:
    """How many, as the work finds out."""

    number: int = 0


@contextmanager
def written_down(what: str) -> Iterator[Tally]:
    """Run the block and add to the day's row of `what`; an exception is written down and goes on."""
    tally, started = Tally(), time.monotonic()
    try:
        yield tally
    except Exception as trouble:
        _add(what, started, failures=1, trouble=type(trouble).__name__)
        raise
    _add(what, started, number=tally.number)


def _add(what: str, started: float, *, number: int = 0, failures: int = 0, trouble: str = "") -> None:
    values = {
        "times": F("times") + 1,
        "number": F("number") + number,
        "failures": F("failures") + failures,
        "last_at": timezone.now(),
        "last_seconds": round(time.monotonic() - started, 3),
    }
    if trouble:
        values["last_failure"] = trouble[:_LONGEST]
    today = Run.objects.filter(what=what, day=timezone.localdate())
    try:
        if not today.update(**values):
            _begin(what)
            today.update(**values)
    except Error:
        return  # the database is away, which is what went wrong


def _begin(what: str) -> None:
    try:
        with transaction.atomic():
            Run.objects.create(what=what)
    except IntegrityError:
        return  # another worker has begun the day
