"""Absences of two years that are over, so that the wellbeing lead's figures have something to show and to hide."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from mentoring.actions import absence_feed, figures
from mentoring.queries import hr_absences
from mentoring.queries.absence_feed import Dates, Move, Plan
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

from .cast import CAST

_ONE_IN = 12  # of the force was away for long and is back
_REACHED, _PLANNED, _MET = 0.82, 0.6, 0.7  # of those away
_RARE = "west"  # the division in which few were away: it is hidden in a smaller force
_OVER = 40  # days since the last of them is back, so that nobody's page shows it any longer
_SHORTEST, _LONGEST = 28, 84  # days
# As each person would have it written for them, in one statement: nobody but they may write in their plan.
_PLAN = """
update mentoring_contactplan set first_contact_on = %s, agreed_on = %s
where absence_id = %s and subject_id = app_person()
"""

# The meeting on coming back: the person says with whom, it is held, and the link ends.
_ARRANGED = "select mentoring_arrange_return(%s, %s, %s, false, false, false)"
_HELD = "select mentoring_hold_return(%s, %s)"
_OVER_NOW = """
select confidential_end_link(id) from confidential_carelink
where subject_id = app_person() and carer_id = %s and why = 'return_to_work' and ends is null
"""


def remember(hr: Person, lead: Person, rng: Random) -> int:
    """Invent absences that are over, as `hr` fed them, and publish their figures as `lead`; returns how many.

    Nothing where they are there already.
    """
    people = _who(rng)
    plan = Plan(starts=[move for number, person in enumerate(people) if (move := _away(person, number, rng))])
    with acting_as(hr):
        if hr_absences.are_known([move.id for move in plan.starts]):
            return 0
        absence_feed.write(plan)
    with transaction.atomic():
        for move in plan.starts:
            _kept_in_touch(move, rng)
            _met(move, rng)
    with acting_as(lead):
        figures.publish()
    return len(plan.starts)


def _who(rng: Random) -> list[Person]:
    cast = [member.staff_number for member in CAST.values()]
    others = Person.objects.listed().filter(left=None).exclude(staff_number__in=cast)
    others = others.exclude(line_manager__staff_number__in=cast).annotate(division=F("station__division__slug"))
    everybody = list(others.select_related("line_manager").order_by("staff_number"))
    chosen = rng.sample(everybody, len(everybody) // _ONE_IN)
    return [person for person in chosen if person.division != _RARE or rng.random() < 1 / 4]


def _away(person: Person, number: int, rng: Random) -> Move | None:
    """An absence whose day 28 fell into one of the last eight quarters; None where it would not be over by now."""
    key, today = UUID(int=rng.getrandbits(128), version=4), timezone.localdate()
    quarters = figures.quarters_before(today)
    first_day = quarters[number % len(quarters)] + timedelta(days=rng.randrange(-27, 60))
    back_on = first_day + timedelta(days=rng.randint(_SHORTEST, _LONGEST))
    if back_on > today - timedelta(days=_OVER):
        return None
    return Move(number, key, person, Dates(first_day, None, back_on))


def _kept_in_touch(move: Move, rng: Random) -> None:
    first_day = move.after.first_day
    reached = first_day + timedelta(days=rng.randint(8, 26)) if rng.random() < _REACHED else None
    agreed = first_day + timedelta(days=rng.randint(9, 30)) if rng.random() < _PLANNED else None
    with acting_as(move.person), connection.cursor() as cursor:
        cursor.execute(_PLAN, [reached, agreed, move.id])


def _met(move: Move, rng: Random) -> None:
    key, person, manager = UUID(int=rng.getrandbits(128), version=4), move.person, move.person.line_manager
    held_on = move.after.back_on + timedelta(days=rng.choice((0, 0, 1, 9)))
    if manager is None or rng.random() > _MET:
        return
    for who, sql, values in (
        (person, _ARRANGED, [key, move.id, manager.pk]),
        (manager, _HELD, [key, held_on]),
        (person, _OVER_NOW, [manager.pk]),
    ):
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute(sql, values)
