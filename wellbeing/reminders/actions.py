"""The only writes to reminders, but for what telling of them writes (`gathering.py`, `sending.py`)."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from celery import current_app
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from wellbeing.people.models import Person

from . import kinds, policy, sql
from .feed import hash_of
from .models import Feed, Mail, MailState, Pattern, Preferences, Reminder, Run, State, at_hour
from .shift_patterns import reached

SEND_DUE, SWEEP = "wellbeing.reminders.tasks.send_due", "wellbeing.reminders.tasks.sweep"
OVER = (MailState.SENT, MailState.FAILED, MailState.DROPPED)


@transaction.atomic
def refresh(kind: str, *things) -> None:
    """These things are new, done, or have another date: take back what was told of them and is no longer so, and
    make what the kind's query says of them now. In the transaction of the cause, which sees what it has written.

    What the query does not show to whoever acts, the next sweep finds.
    """
    kind = kinds.named(kind)
    if not things:
        return
    rows = list(kind.rows(**{f"{kind.thing}__in": things}))
    about, readers, subjects, dues = zip(*rows, strict=True) if rows else ([], [], [], [])
    reach = reached(kind, timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(
            "select reminders_refresh(%s, %s, %s, %s::bigint[], %s::bigint[], %s::date[], %s, %s, %s, %s, %s, %s)",
            [
                kind.name,
                [str(thing) for thing in things],
                [str(thing) for thing in about],
                list(readers),
                list(subjects),
                list(dues),
                list(kind.steps),
                reach.patterns,
                reach.untils,
                reach.last,
                reach.furthest,
                timezone.now(),
            ],
        )
    if kind.urgent:
        wake()


@transaction.atomic
def put_away(*, reminder: Reminder, by: Person) -> None:
    """The person it is for has seen it."""
    own = policy.may_be_put_away(by).filter(pk=reminder.pk)
    own.update(state=State.CLOSED, closed_at=timezone.now())


@transaction.atomic
def silence(people: Iterable[Person]) -> None:
    """Nothing is told any longer to these people or about them, and their calendars are closed."""
    with connection.cursor() as cursor:
        cursor.execute("select reminders_silence(%s, %s)", [[person.pk for person in people], timezone.now()])


@transaction.atomic
def part(pairs: Iterable[tuple[int, int]]) -> None:
    """Of each pair of keys the first is no longer reminded of the second."""
    readers, subjects = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute("select reminders_part(%s, %s, %s)", [list(readers), list(subjects), timezone.now()])


def sweep(*, dry_run: bool = False) -> dict[str, int]:
    """Write a row for everything that has reached a step, and let lapse what is no longer due; as the worker.

    Returns how many were made for each kind. Set-based: two statements a kind, whatever the number of
    people, and a transaction for each, so that no page waits long; safe to run twice at once. `dry_run`
    says the same and writes nothing.
    """
    today = timezone.localdate()
    made, troubles = {}, []
    for kind in kinds.every():
        try:
            made[kind.name] = _sweep(kind, today, dry_run)
        except DatabaseError as trouble:  # the other kinds are swept all the same
            troubles.append(trouble)
    if not dry_run:
        Reminder.objects.exclude(kind__in=kinds.names()).exclude(state=State.LAPSED).update(
            state=State.LAPSED, lapsed_at=timezone.now()
        )
    if any(made.values()) and not dry_run:
        wake()
    if troubles:
        raise troubles[0]
    return made


@transaction.atomic
def try_again(*, mails: Iterable[Mail], by: Person) -> int:
    """Send these mails that had been given up, as the technical admin; returns how many will be tried.

    A digest that a later one has followed is not among them.
    """
    with connection.cursor() as cursor:
        keys = [str(mail.pk) for mail in mails]
        cursor.execute("select reminders_try_again(%s::uuid[], %s)", [keys, timezone.now()])
        number = cursor.fetchone()[0]
    wake()
    return number


@transaction.atomic
def purge(*, before: datetime) -> int:
    """Take away what is over since before then, as the worker: reminders that lapsed, mails, the preferences of those
    who have left, and what stood of the work; returns how many rows. What is still open, or under legal hold, stays."""
    free = Q(person__legal_hold=False)
    about_free = Q(subject__isnull=True) | Q(subject__legal_hold=False)
    rows = (
        Reminder.objects.filter(free, about_free, state=State.LAPSED, lapsed_at__lt=before),
        Mail.objects.filter(free, state__in=OVER, made_at__lt=before),
        Preferences.objects.filter(free, person__gone_at__lt=before),
        Run.objects.filter(day__lt=timezone.localdate(before)),
    )
    return sum(old.delete()[0] for old in rows)


@transaction.atomic
def set_preferences(*, by: Person, by_mail: bool, hour: int, muted: list[str]) -> None:
    """How `by` wants to be told, from now on. What is not optional cannot be in `muted`: it is left out."""
    optional = kinds.names(optional=True)
    _prefer(by, by_mail=by_mail, hour=hour, muted=[name for name in optional if name in muted])


@transaction.atomic
def set_pattern(*, by: Person, pattern: Pattern | None) -> None:
    """On which days `by` works; None: Monday to Friday."""
    _prefer(by, pattern=pattern)


@transaction.atomic
def set_paused(*, by: Person, paused: bool) -> None:
    """Pause all mail to `by`, or end the pause; what comes meanwhile waits in the portal and is mailed after it."""
    _prefer(by, paused=paused)


@transaction.atomic
def switch_mail_off(*, by: Person) -> None:
    """From now on `by` looks in the portal; what is not optional still comes by mail."""
    _prefer(by, by_mail=False)


@transaction.atomic
def open_calendar(*, by: Person) -> str:
    """Make an address for the calendar of `by`, and return its secret part; one made before stops working.

    It is kept nowhere: only its hash is.
    """
    token = secrets.token_urlsafe(32)
    _write(Feed(person=by, token_hash=hash_of(token)), "token_hash", "made_at")
    return token


@transaction.atomic
def close_calendar(*, by: Person) -> None:
    """The address of `by`'s calendar stops working."""
    Feed.objects.filter(pk=by.pk).delete()


def wake() -> None:
    """Have a worker look at the outbox after the commit. The rows are what counts: if this message is
    lost, or the broker is away, the next scheduled look finds them."""
    transaction.on_commit(_wake_now, robust=True)


def sweep_soon() -> None:
    """Have a worker sweep after the commit, instead of within the hour."""
    transaction.on_commit(lambda: current_app.send_task(SWEEP, retry=False, expires=60), robust=True)


def _prefer(person: Person, **values) -> None:
    _write(Preferences(person=person, **values), *values)


def _write(row: Preferences | Feed, *fields: str) -> None:
    """A person's one row of its kind, new or changed; twice at once makes one."""
    type(row).objects.bulk_create([row], update_conflicts=True, unique_fields=["person"], update_fields=fields)


def _wake_now() -> None:
    current_app.send_task(SEND_DUE, retry=False, expires=60)  # seconds: the scheduler has asked again by then


def _one_sweep_at_a_time() -> None:
    """Two sweeps at once would make no row twice, but could wait for each other's rows for ever."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('reminders.sweep'))")


@transaction.atomic
def _sweep(kind: kinds.Kind, today: date, dry_run: bool) -> int:
    _one_sweep_at_a_time()
    things, about_things = kind.rows().query.sql_with_params()
    here, about_here = Person.objects.current().order_by().values("pk").query.sql_with_params()
    reach = reached(kind, today)
    live = [*about_things, *about_here, reach.furthest]
    now, morning = timezone.now(), at_hour(today, 0)
    own = dict.fromkeys(("furthest", "kind", "now", "from_", "patterns", "untils", "steps", "reached", "among"), "%s")
    with connection.cursor() as cursor:
        cursor.execute(sql.PLAN_FOR_MANY)
        cursor.execute(
            sql.make(things=things, here=here, **own),
            [*live, kind.name, now, morning, reach.patterns, reach.untils, list(kind.steps), kind.name],
        )
        made = cursor.rowcount
        cursor.execute(
            sql.lapse(things=things, here=here, wait="SKIP LOCKED", **own),
            [*live, now, kind.name, True, reach.last],
        )
    transaction.set_rollback(dry_run)
    return made
