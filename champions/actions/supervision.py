"""Supervision of champions: that it was held, on which day, with whom."""

import uuid
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from champions import queries
from champions.models import Champion, Farewell, SupervisionCheckIn
from wellbeing.people.models import Person

from .rows import locked, refuse_former, tell, write


@transaction.atomic
def note_supervision(
    *, champion: Champion, by: Person, held_on: date, with_whom: Person, key: uuid.UUID | None = None
) -> Champion:
    """The coordinator notes that a champion had supervision; the next is due so many weeks later (`Rules`).

    `key` is made with the form: pressed twice, it is one. The database takes it from a coordinator alone, and never
    their own. Returns the entry. Stands in no history: the row is its own, and HR sees neither.
    """
    champion = locked(champion)
    refuse_former(champion)
    if with_whom == champion.person:
        raise ValidationError({"with_whom": "That is their own number: name who held it."})
    who = {"champion": champion, "person": champion.person, "with_whom": with_whom, "noted_by": by}
    row = SupervisionCheckIn(id=key or uuid.uuid4(), held_on=held_on, **who)
    SupervisionCheckIn.objects.bulk_create([row], ignore_conflicts=True)
    latest = SupervisionCheckIn.objects.filter(champion=champion).order_by("-held_on").first()
    weeks = timedelta(weeks=queries.rules().supervision_weeks)
    write(champion, {"supervision_due": latest.held_on + weeks})
    tell(champion)
    return champion


@transaction.atomic
def purge(*, before: datetime) -> int:
    """Take away check-ins held before then, as the worker; returns how many. What is under legal hold stays."""
    old = SupervisionCheckIn.objects.filter(held_on__lt=before, person__legal_hold=False)
    return old.delete()[0]


@transaction.atomic
def purge_farewells(*, before: datetime) -> int:
    """Take away whom was to be told before then of whose stepping down, as the worker; returns how many."""
    old = Farewell.objects.filter(told_on__lt=before, person__legal_hold=False, manager__legal_hold=False)
    return old.delete()[0]
