"""The writes that look after volunteers. None writes history; a conversation, a topic lacked name nobody."""

import uuid
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.support.models import Topic
from wellbeing.training.dates import months_after

from .. import policy
from ..models import Conversation, Heavy, Lacked, Spoc, SpocSupervision, week_of
from ..queries import volunteering as queries
from ..reminders.volunteering import RING, SUPERVISION, TO_SUPERVISE

MONTHS_KEPT = 13  # of what a volunteer noted for themselves
MONTHS_LACKED = 24
DAYS_SUPERVISIONS = 730


@transaction.atomic
def note_supervision(
    *, spoc: Spoc, by: Person, held_on: date, next_on: date, with_whom: Person, key: uuid.UUID
) -> SpocSupervision:
    """The coordinator notes that a listed SPOC had supervision, and when the next is. `key`: pressed twice, it is one.

    Noted once more for that day and whoever held it, the day of the next is put right.

    Raises PermissionDenied for everybody else and for one's own, ValidationError where they would have held their own.
    """
    if not policy.may_invite(by) or spoc.person_id == by.pk:
        raise PermissionDenied
    if with_whom.pk == spoc.person_id:
        raise ValidationError({"with_whom": "That is their own number: name who held it."})
    row = SpocSupervision(id=key, spoc=spoc, held_on=held_on, next_on=next_on, with_whom=with_whom, noted_by=by)
    same = SpocSupervision.objects.filter(spoc=spoc, held_on=held_on, with_whom=with_whom)
    if not same.update(next_on=next_on, noted_by=by):
        SpocSupervision.objects.bulk_create([row], ignore_conflicts=True)
    for kind in (SUPERVISION, TO_SUPERVISE):
        refresh(kind, spoc.pk)
    return row


@transaction.atomic
def has_rung(*, spoc: Spoc, by: Person) -> None:
    """The coordinator has rung a SPOC who asked for it. From now on the break is the SPOC's own to know again.

    Raises PermissionDenied where nobody asked `by` for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select spocs_has_rung(%s)", [spoc.pk])
        if not cursor.fetchone()[0]:
            raise PermissionDenied
    refresh(RING, spoc.pk)


@transaction.atomic
def note_conversation(*, by: Person, key: uuid.UUID, week: date, heavy: Heavy) -> None:
    """A volunteer notes, for themselves alone, that they had a conversation in the week of that Monday.

    Raises PermissionDenied for who is no volunteer, ValidationError for another week than this one and the last.
    """
    if not policy.volunteers(by):
        raise PermissionDenied
    if week not in open_weeks():
        raise ValidationError("Only this week and the last can be noted.")
    Conversation.objects.bulk_create([Conversation(id=key, person=by, week=week, heavy=heavy)], ignore_conflicts=True)


@transaction.atomic
def forget_week(*, by: Person, week: date | None = None) -> None:
    """Delete what `by` noted of that week, or of all weeks, volunteer still or no longer; nothing of it stays."""
    noted = Conversation.objects.filter(person=by)
    (noted.filter(week=week) if week else noted).delete()


@transaction.atomic
def tell_lacked(*, by: Person, key: uuid.UUID, topic: Topic | None = None, words: str = "") -> None:
    """A volunteer tells what somebody wanted to talk about while nobody was listed for it. Kept without who told it.

    A topic or, where there is none yet, words. Raises PermissionDenied for who is no volunteer.
    """
    if not policy.volunteers(by):
        raise PermissionDenied
    month = timezone.localdate().replace(day=1)
    Lacked.objects.bulk_create([Lacked(id=key, month=month, topic=topic, words=words)], ignore_conflicts=True)


@transaction.atomic
def settle(*, lacked: Lacked, by: Person, topic: Topic | None = None) -> None:
    """The coordinator says which topic the typed words mean, or that none is to come of them; the words are deleted."""
    if not policy.may_invite(by):
        raise PermissionDenied
    gone, _ = queries.typed().filter(pk=lacked.pk).delete()
    if gone and topic:
        Lacked.objects.bulk_create([Lacked(month=lacked.month, topic=topic)])


def open_weeks() -> list[date]:
    """The Mondays of the weeks that can be noted, this one first."""
    return [week_of(), week_of() - timedelta(weeks=1)]


def kept_since(_periods) -> datetime:
    """When the oldest week that is kept began; the data protection officer sets no period for it."""
    return _midnight(week_of(months_after(timezone.localdate(), -MONTHS_KEPT)))


def lacked_since(_periods) -> datetime:
    """When the oldest month whose topics are kept began."""
    return _midnight(months_after(timezone.localdate().replace(day=1), -MONTHS_LACKED))


def supervisions_since(_periods) -> datetime:
    """From which day on supervisions of SPOCs are kept; a withdrawal takes them away at once."""
    return timezone.now() - timedelta(days=DAYS_SUPERVISIONS)


def purge_conversations(before: datetime) -> int:
    """Delete, as the worker, what volunteers noted of earlier weeks; returns how many conversations."""
    old = Conversation.objects.filter(week__lt=timezone.localdate(before), person__legal_hold=False)
    return old.delete()[0]


def purge_lacked(before: datetime) -> int:
    """Delete, as the worker, what was told of earlier months; returns how many."""
    return Lacked.objects.filter(month__lt=timezone.localdate(before)).delete()[0]


def purge_supervisions(before: datetime) -> int:
    """Delete, as the worker, supervisions held before then; returns how many. The next day goes with them."""
    old = SpocSupervision.objects.filter(held_on__lt=timezone.localdate(before), spoc__person__legal_hold=False)
    return old.delete()[0]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
