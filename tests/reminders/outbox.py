"""The outbox as the worker fills it, sends it and sees it."""

import os
from contextlib import contextmanager

from tests.databases import as_superuser, the_worker
from wellbeing.reminders import queries, tasks
from wellbeing.reminders.models import Mail, Reminder
from wellbeing.web.identity import acting_as


def sweep() -> None:
    with the_worker():
        tasks.sweep.apply(throw=True)


def send() -> None:
    with the_worker():
        tasks.send_due.apply(throw=True)


def reminders(**of) -> list[Reminder]:
    """All that there are, or `of` some."""
    with the_worker():
        return list(Reminder.objects.filter(**of).order_by("due", "-step"))


def the_reminder() -> Reminder:
    (only,) = reminders()
    return only


def the_mail() -> Mail:
    with the_worker():
        return Mail.objects.get()


def steps(**of) -> list[int]:
    return [reminder.step for reminder in reminders(**of)]


@contextmanager
def holding(statement: str):
    """Somebody else's transaction that has asked this and goes on."""
    with as_superuser(os.environ["DATABASE_NAME"]) as cursor:
        cursor.execute("begin")
        cursor.execute(statement)
        yield
        cursor.execute("rollback")


def shown_to(person) -> list[str]:
    """The sentences on somebody's list."""
    with acting_as(person):
        return [item.sentence for item in queries.items_for(person)]
