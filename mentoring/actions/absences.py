"""That somebody is away, from when until when: said by their line manager, HR, HR's feed, or themselves."""

import uuid
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from mentoring.models import Absence, ContactPlan
from mentoring.reminders import (
    CONTACT,
    CONTACT_FAILS,
    DUE,
    FIRST_CONTACT,
    HALF_PAY,
    KEPT_BY_NOBODY,
    PAUSE_ENDS,
)
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon

from . import returns

STARTED, AGAIN, CHANGED = "started", "again", "changed"
OF_WHOEVER_KEEPS_IT = (FIRST_CONTACT, CONTACT, CONTACT_FAILS)
OF_THE_PERSON = (PAUSE_ENDS, HALF_PAY, KEPT_BY_NOBODY)
_REFUSALS = {
    "refused": "Only the person themselves, their line manager or HR can say that.",
    "open": "They are away already: change those dates instead.",
    "long_ago": "You can date their return seven days back at most. Ask HR, or them, to enter an earlier day.",
    "overlaps": "These dates overlap with another time away.",
}


@transaction.atomic
def start(*, by: Person | None, subject: Person, first_day: date, expected_back: date | None, key: uuid.UUID) -> str:
    """Somebody is away from `first_day` on. Contact begins to be kept, and their 1-1s rest; returns STARTED, or AGAIN
    for a second click.

    `by` is the person themselves, their line manager or somebody in HR; None for HR's feed, as the worker. Raises
    ValidationError, in a sentence, for anybody else, for dates that cannot be, and where they are away already.
    """
    _check(first_day, expected_back, None)
    dates = [key, subject.pk, first_day, expected_back]
    outcome = _ask("mentoring_start_absence(%s, %s, %s::date, %s::date)", dates, by)
    if outcome == STARTED:
        refresh(DUE, subject.pk)
        sweep_soon()  # whoever keeps contact is seen once this is committed
    return outcome


@transaction.atomic
def change(
    *, by: Person | None, absence: Absence, first_day: date, expected_back: date | None, back_on: date | None
) -> str:
    """Set its dates; with `back_on`, the first day back, it ends, and contact four weeks later. Returns CHANGED.

    Who may, and what it raises: as `start`.
    """
    _check(first_day, expected_back, back_on)
    dates = [absence.pk, first_day, expected_back, back_on]
    outcome = _ask("mentoring_change_absence(%s, %s::date, %s::date, %s::date)", dates, by)
    tell(absence, by=by)
    returns.moved(absence, by=by)
    return outcome


def tell(absence: Absence, *, by: Person | None) -> None:
    """Bring what is told of an absence into line, as far as `by` sees it now; the sweep that follows sees all."""
    refresh(DUE, absence.subject_id)
    is_all_seen = by is None or by.pk == absence.subject_id
    if is_all_seen or ContactPlan.objects.filter(pk=absence.pk).exists():
        for kind in OF_WHOEVER_KEEPS_IT + OF_THE_PERSON * is_all_seen:
            refresh(kind, absence.pk)
    sweep_soon()


def purge(before: datetime) -> int:
    """Take away absences that were over before then and have no record any longer, as the worker; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select purge_absences(%s)", [before])
        return cursor.fetchone()[0]


def _check(first_day: date, expected_back: date | None, back_on: date | None) -> None:
    for name, day in (("expected_back", expected_back), ("back_on", back_on)):
        if day and day <= first_day:
            raise ValidationError({name: "This day must be after the first day away."})


def _ask(function: str, values: list, by: Person | None) -> str:
    """What the database answers, if it knows `by` for whoever asks. Raises ValidationError where it refuses."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select case when app_person() is not distinct from %s then {function} else 'refused' end",  # noqa: S608
            [by and by.pk, *values],
        )
        outcome = cursor.fetchone()[0]
    if outcome in _REFUSALS:
        raise ValidationError(_REFUSALS[outcome])
    return outcome
