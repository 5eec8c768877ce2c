"""What is required of whom: the rule as HR writes it, and how each stands as the database reckons it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon
from wellbeing.training.models import Requirement

REMINDERS = ("training.required", "training.newly_required")


@transaction.atomic
def save(*, requirement: Requirement, by: Person | None, **values) -> Requirement:
    """Write a requirement, new or changed, with whom it concerns; returns it.

    Raises ValidationError where it would concern nobody.
    """
    is_new = requirement.pk is None
    details = {} if is_new else history.difference(requirement, values)
    for name, value in values.items():
        setattr(requirement, name, value)
    if not (requirement.line_managers or requirement.ranks):
        raise ValidationError("Say whom it concerns: line managers, some ranks, or both.")
    requirement.save()
    history.record(by=by, verb="added" if is_new else "changed", about=requirement, details=details)
    sync()
    return requirement


@transaction.atomic
def sync(people: Iterable[int] | None = None) -> int:
    """Bring in line whom requirements concern, and how they stand: these people by key, or everybody.

    Returns how many rows were touched. One statement, whatever their number; the reminders of a few are refreshed at
    once, those of everybody by the next sweep.
    """
    with connection.cursor() as cursor:
        keys = None if people is None else list(people)
        cursor.execute("select training_sync_required(%s::bigint[])", [keys])
        touched = [key for (key,) in cursor.fetchall()]
    if people is None and touched:
        sweep_soon()
    elif touched:
        for kind in REMINDERS:
            refresh(kind, *touched)
    return len(touched)
