"""The only writes to reminders, but for what sending them writes (`sending.py`)."""

from datetime import date

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from wellbeing.people.models import Person

from . import kinds, policy, sql
from .models import Reminder, State

SEND_DUE = "wellbeing.reminders.tasks.send_due"


@transaction.atomic
def remind(*, kind: str, about, person: Person, due: date, step: int = 0) -> None:
    """Tell `person` once, in the transaction of its cause; a second call for the same thing changes nothing."""
    row = Reminder(kind=kind, about=str(about), person=person, due=due, step=step)
    Reminder.objects.bulk_create([row], ignore_conflicts=True)
    wake()


@transaction.atomic
def close(*, kind: str, about) -> int:
    """The thing is done: take its reminders off the list and send none of them; returns how many."""
    shown = Reminder.objects.shown().filter(kind=kind, about=str(about))
    return shown.update(state=State.CLOSED, closed_at=timezone.now())


@transaction.atomic
def put_away(*, reminder: Reminder, by: Person) -> None:
    """The person it is for has seen it."""
    own = policy.visible_to(by).shown().filter(pk=reminder.pk)
    own.update(state=State.CLOSED, closed_at=timezone.now())


@transaction.atomic
def sweep(*, today: date | None = None, dry_run: bool = False) -> dict[str, int]:
    """Write a row for everything that has reached a step, and let lapse what is no longer due.

    Returns how many were made for each kind. Set-based: two statements a kind, whatever the number of
    people; safe to run twice at once. `dry_run` says the same and writes nothing.
    """
    today = today or timezone.localdate()
    _one_sweep_at_a_time()
    made = {kind.name: _sweep(kind, today) for kind in kinds.every()}
    if dry_run:
        transaction.set_rollback(True)
    elif any(made.values()):
        wake()
    return made


def wake() -> None:
    """Have a worker look at the outbox after the commit. The rows are what counts: if this message is
    lost, or the broker is away, the next scheduled look finds them."""
    transaction.on_commit(_wake_now, robust=True)


def _wake_now() -> None:
    current_app.send_task(SEND_DUE, retry=False)


def _one_sweep_at_a_time() -> None:
    """Two sweeps at once would make no row twice, but could wait for each other's rows for ever."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('reminders.sweep'))")


def _sweep(kind: kinds.Kind, today: date) -> int:
    due, due_parameters = kind.due().order_by().query.sql_with_params()
    people, people_parameters = Person.objects.current().order_by().values("pk").query.sql_with_params()
    now = timezone.now()
    reached = [kind.name, now, now, list(kind.steps), today, today, max(kind.steps)]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.MAKE.format(due=due, people=people),
            [*due_parameters, *reached, *people_parameters],
        )
        made = cursor.rowcount
        cursor.execute(sql.LAPSE.format(due=due), [*due_parameters, kind.name])
    return made
