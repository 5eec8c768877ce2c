"""Asking for somebody else to keep contact, without a reason; offering, picking, handing back.

Who may is the database's to say (`mentoring/sql/swaps.sql`). Nothing of it stands in any history.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mentoring.models import Absence, Swap
from mentoring.reminders.swaps import OFFERS, SWAP
from wellbeing.people.models import Person
from wellbeing.reminders.actions import part, refresh, sweep_soon

from . import contacts

ASKED, AGAIN, NOBODY, REFUSED = "asked", "again", "nobody", "refused"
OFFERED, TAKEN, NUMBER, DONE, HANDED = "offered", "taken", "number", "done", "handed"


@transaction.atomic
def ask(*, by: Person, key: uuid.UUID) -> str:
    """Ask for another person to keep contact; returns ASKED, AGAIN for a second click, or NOBODY to tell.

    Raises PermissionDenied for somebody who is not away.
    """
    outcome = _ask("mentoring_ask_swap(%s)", key, by=by)
    if outcome == REFUSED:
        raise PermissionDenied
    refresh(SWAP, key)
    return outcome


@transaction.atomic
def begin_offer(*, by: Person, absence: Absence, key: uuid.UUID) -> uuid.UUID | None:
    """A coordinator begins to offer somebody to a person with whom nobody keeps contact; the swap's key, or None."""
    swap = _ask("mentoring_begin_offer(%s, %s)", key, absence.pk, by=by)
    if swap:
        refresh(SWAP, swap)
    return swap


@transaction.atomic
def offer(*, by: Person, swap: Swap, mentors: Iterable[Person]) -> str:
    """Offer two or three mentors; returns OFFERED, TAKEN where one has no place any longer, or NUMBER.

    Raises PermissionDenied for all but whoever was told, while it waits.
    """
    outcome = _ask("mentoring_offer_mentors(%s, %s::bigint[])", swap.pk, [mentor.pk for mentor in mentors], by=by)
    if outcome == REFUSED:
        raise PermissionDenied
    _tell(swap)
    return outcome


@transaction.atomic
def pick(*, by: Person, swap: Swap, mentor: Person) -> str:
    """From now on this mentor keeps contact; returns DONE, TAKEN where their last place has just gone, or REFUSED."""
    outcome = _ask("mentoring_pick_mentor(%s, %s)", swap.pk, mentor.pk, by=by)
    if outcome == DONE:
        _tell(swap)
        contacts.tell_of_links(swap.absence, by=by)
    return outcome


@transaction.atomic
def none_of_these(*, by: Person, swap: Swap) -> bool:
    """Ask for others, once; returns whether that was so."""
    asked = _ask("mentoring_none_of_these(%s)", swap.pk, by=by)
    _tell(swap)
    return asked


@transaction.atomic
def withdraw(*, by: Person, swap: Swap) -> bool:
    """Take the request back; returns whether there was something to withdraw."""
    withdrawn = _ask("mentoring_withdraw_swap(%s)", swap.pk, by=by)
    _tell(swap)
    return withdrawn


@transaction.atomic
def hand_back(*, by: Person, absence: Absence) -> str:
    """Somebody else keeps contact from this moment; returns HANDED, NOBODY where nobody could, or REFUSED."""
    outcome = _ask("mentoring_hand_back(%s)", absence.pk, by=by) or REFUSED
    if outcome == HANDED:
        part([(by.pk, absence.subject_id)])
        sweep_soon()  # the worker sees who follows
    return outcome


def purge(before: datetime) -> int:
    """Take away swaps and cover that were over before then, as the worker."""
    with connection.cursor() as cursor:
        cursor.execute("select purge_swaps(%s)", [before])
        return cursor.fetchone()[0]


def _tell(swap: Swap) -> None:
    """Whoever is picked is told once this is committed: before, nobody sees that they are linked."""
    for kind in (SWAP, OFFERS):
        refresh(kind, swap.pk)


def _ask(function: str, *values, by: Person):
    with connection.cursor() as cursor:
        cursor.execute(f"select case when app_person() = %s then {function} end", [by.pk, *values])
        return cursor.fetchone()[0]
