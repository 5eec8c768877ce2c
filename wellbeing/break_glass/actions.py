"""Asking for somebody's records in an emergency, and answering.

Who may is the database's to say (`confidential/sql/break_glass.sql`): the wellbeing lead asks and reads, for an hour;
the guardian answers and never reads; neither for themselves.
"""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from wellbeing.confidential import reasons
from wellbeing.confidential.models import BreakGlass
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh, sweep_soon

from .reminders import ANSWERED, OPENED, REVIEW, WAITING


@transaction.atomic
def ask(
    *, by: Person, key: uuid.UUID, subject: Person, reason: str, delay: str = "", delay_until: date | None = None
) -> None:
    """Ask for what is confidential about `subject`; a second click, with the same `key`, changes nothing.

    `delay` (`BreakGlass.Delay`) asks to tell them only on `delay_until`. Raises PermissionDenied for all but the lead.
    """
    sealed = reasons.seal(reason, key=key)
    _call("confidential_ask_break_glass(%s, %s, %s, %s, %s, %s)", key, subject.pk, *sealed, delay, delay_until, by=by)


@transaction.atomic
def answer(*, by: Person, asked: BreakGlass, approve: bool, delay: bool = False) -> None:
    """Approve, from now for an hour, or turn down; `delay` approves as well that telling is put off.

    Raises PermissionDenied for all but a guardian who is neither side of it, and for what is answered or a day old.
    """
    _call("confidential_answer_break_glass(%s, %s, %s)", asked.pk, approve, delay, by=by)


def _call(function: str, *values, by: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select app_person() = %s and {function}", [by.pk, *values])
        if not cursor.fetchone()[0]:
            raise PermissionDenied
    for kind in (WAITING, ANSWERED, OPENED, REVIEW):  # whoever is to know is told at once
        refresh(kind, values[0])
    sweep_soon()  # the worker sees who of several has paused all mail
