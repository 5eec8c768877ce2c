"""When 1-1s are due, a quick catch-up, and who acts for a line manager."""

import uuid
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from mentoring.models import How, OneToOne, Rules, Schedule
from mentoring.queries import schedules as queries
from mentoring.reminders import DUE
from wellbeing.confidential import policy
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.actions import refresh

from .rows import write_schedule


@transaction.atomic
def set_schedule(
    *, by: Person, subject: Person, every_weeks: int | None, next_due: date, rests_until: date | None
) -> Schedule:
    """Set when somebody's next 1-1 is due (moved to a working day), how often, and until when they rest.

    Raises PermissionDenied for anybody but the line manager.
    """
    if not policy.is_line_manager(by, subject):
        raise PermissionDenied
    values = {
        "every_weeks": every_weeks,
        "next_due": working_days.on_or_after(next_due),
        "rests_until": rests_until,
    }
    schedule = write_schedule(subject, **values)
    refresh(DUE, subject.pk)
    return schedule


@transaction.atomic
def set_all(*, by: Person, every_weeks: int | None = None, shift_days: int = 0) -> int:
    """Set how often everybody's 1-1s are, or shift every date by days; returns for how many people."""
    plans = queries.plans_for(by)
    for plan in plans:
        shifted = working_days.on_or_after(plan.due + timedelta(days=shift_days))
        values = {"every_weeks": every_weeks, "next_due": shifted if shift_days else None}
        write_schedule(plan.person, **{name: value for name, value in values.items() if value})
    refresh(DUE, *(plan.person.pk for plan in plans))
    return len(plans)


@transaction.atomic
def catch_up(*, by: Person, subject: Person, key: uuid.UUID) -> bool:
    """Write down that they spoke today, with no text; the next 1-1 is due an interval later. False for a second click.

    `key` is made with the button. Raises PermissionDenied for anybody but the line manager.
    """
    if not policy.is_line_manager(by, subject):
        raise PermissionDenied
    if OneToOne.objects.filter(pk=key).exists():
        return False
    today = timezone.localdate()
    made = OneToOne(id=key, subject=subject, manager=by, held_on=today, how=How.QUICK)
    OneToOne.objects.bulk_create([made], ignore_conflicts=True)
    write_schedule(subject, next_due=queries.next_due(subject))
    refresh(DUE, subject.pk)
    return True


@transaction.atomic
def name_acting(*, by: Person, acting: Person, first_day: date, last_day: date) -> int:
    """Let `acting` see when the 1-1s of everybody `by` manages are due, from the first to the last day; for how many.

    They see dates and nothing else. Raises ValidationError where the database refuses it.
    """
    reports = list(policy.people_managed(by).exclude(pk=acting.pk).filter(hidden=False))  # covert: in nobody's list
    starts, ends = _midnight(first_day), _midnight(last_day + timedelta(days=1))
    with connection.cursor() as cursor:
        for report in reports:
            cursor.execute(
                "select confidential_name_acting(%s, %s, %s, %s, %s)",
                [uuid.uuid4(), report.pk, acting.pk, max(starts, timezone.now()), ends],
            )
            if not cursor.fetchone()[0]:
                raise ValidationError(f"{acting} cannot act for you: choose somebody else, for at most three months.")
    return len(reports)


@transaction.atomic
def end_acting(*, by: Person, acting: Person) -> int:
    """`acting` sees nothing of the people whom `by` manages any longer; returns how many links ended."""
    links = list(queries.acting_links(by).filter(carer=acting))
    with connection.cursor() as cursor:
        for link in links:
            cursor.execute("select confidential_end_link(%s)", [link.pk])
    return len(links)


@transaction.atomic
def set_rules(*, by: Person | None, **values) -> Rules:
    """Set what the force has decided about 1-1s, contact while away and mentors."""
    rules = Rules.objects.first() or Rules()
    details = history.difference(rules, values)
    for name, value in values.items():
        setattr(rules, name, value)
    rules.save()
    history.record(by=by, verb="changed", about=rules, details=details)
    return rules


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
