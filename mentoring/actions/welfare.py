"""What a welfare mentor says of themselves, what the coordinator notes, and that nobody is left without contact."""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mentoring.models import Mentor, WelfareProfile
from mentoring.reminders.welfare import EXIT, EXIT_TOLD, SUPERVISION, TRAINING
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon


@transaction.atomic
def change_profile(
    *, by: Person, profile: WelfareProfile, capacity: int, paused: bool, about_me: str, last_day: date | None
) -> None:
    """A mentor's own capacity, break, words and last day; at once. Raises PermissionDenied for anybody else."""
    if profile.person_id != by.pk:
        raise PermissionDenied
    values = {"capacity": capacity, "paused": paused, "about_me": about_me, "last_day": last_day}
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(values))
    for kind in (EXIT, EXIT_TOLD):
        refresh(kind, profile.pk)


@transaction.atomic
def note_training(*, by: Person, profile: WelfareProfile, trained_on: date, training_due: date | None) -> None:
    """The coordinator notes when a mentor was trained, and when again. Raises PermissionDenied for anybody else."""
    details = history.difference(profile, {"trained_on": trained_on, "training_due": training_due})
    _ask("mentoring_note_training(%s, %s, %s)", profile.pk, trained_on, training_due, by=by)
    history.record(by=by, verb="noted training", about=profile, details=details)
    refresh(TRAINING, profile.pk)


@transaction.atomic
def note_supervision(
    *, by: Person, profile: WelfareProfile, held_on: date, with_whom: Person, key: uuid.UUID | None = None
) -> None:
    """The coordinator notes that a mentor had supervision; the next is due so many weeks later (`Rules`).

    `key` is made with the form. Raises PermissionDenied for anybody but a coordinator, and for one's own.
    """
    values = (key or uuid.uuid4(), profile.pk, held_on, with_whom.pk)
    _ask("mentoring_note_supervision(%s, %s, %s, %s)", *values, by=by)
    history.record(by=by, verb="noted supervision", about=profile)
    refresh(SUPERVISION, profile.pk)


def make_profile(mentor: Mentor) -> None:
    """A welfare mentor's term has a profile, for them to fill in; nothing for another kind."""
    with connection.cursor() as cursor:
        cursor.execute("select mentoring_make_profile(%s)", [mentor.pk])


@transaction.atomic
def close_gaps() -> int:
    """Where somebody whom a person away chose cannot go on, somebody else does from now; returns how often."""
    with connection.cursor() as cursor:
        cursor.execute("select mentoring_close_gaps()")
        started = cursor.fetchone()[0]
    sweep_soon()  # whoever acts may not see whom to tell
    return started


def _ask(function: str, *values, by: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select app_person() = %s and {function}", [by.pk, *values])
        if not cursor.fetchone()[0]:
            raise PermissionDenied
