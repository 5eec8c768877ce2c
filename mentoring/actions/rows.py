"""Rows that several actions write."""

from django.db import IntegrityError, transaction

from mentoring.models import Schedule
from wellbeing.people.models import Person


def write_schedule(subject: Person, **values) -> Schedule:
    """The one row of a person, made where there is none yet; two who make it at once make one."""
    rows = Schedule.objects.filter(subject=subject)
    if not rows.update(**values):
        try:
            with transaction.atomic():
                return Schedule.objects.create(subject=subject, **values)
        except IntegrityError:
            rows.update(**values)
    return rows.get()
