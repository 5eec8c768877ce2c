"""Absences of two years that are over, so that the wellbeing lead's figures have something to show and to hide."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone

from mentoring.actions import absence_feed, figures
from mentoring.queries import hr_absences
from mentoring.queries.absence_feed import Dates, Move, Plan
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

from .cast import CAST

_ONE_IN, _AT_MOST = 8, 2_000  # of the force were away for long and are back; so many show all there is to show
_REACHED, _PLANNED, _MET = 0.82, 0.6, 0.7  # of those away
_RARE = "west"  # the division in which few were away: it is hidden in a smaller force
_OVER = 40  # days since the last of them is back, so that nobody's page shows it any longer
_SHORTEST, _LONGEST = 28, 84  # days
# As each person and their line manager would have it written: nobody but they may. Many, and so in one go.
_AS = "select set_config('app.person', %s, true);"
_PLAN = """
update mentoring_contactplan set first_contact_on = %s, agreed_on = %s
where absence_id = %s and subject_id = app_person();
"""
_ARRANGED = "select mentoring_arrange_return(%s, %s, %s::bigint, false, false, false);"
_HELD = "select mentoring_hold_return(%s, %s);"
_OVER_NOW = """
select confidential_end_link(id) from confidential_carelink
where subject_id = app_person() and carer_id = %s::bigint and why = 'return_to_work' and ends is null;
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
    with acting_as(None), connection.cursor() as cursor:
        for move in plan.starts:
            cursor.execute(*_lived(move, rng))
    with acting_as(lead):
        figures.publish()
    return len(plan.starts)


def _who(rng: Random) -> list[Person]:
    cast = [member.staff_number for member in CAST.values()]
    others = Person.objects.listed().filter(left=None).exclude(staff_number__in=cast)
    others = others.exclude(line_manager__staff_number__in=cast).annotate(division=F("station__division__slug"))
    everybody = list(others.order_by("staff_number"))
    chosen = rng.sample(everybody, min(len(everybody) // _ONE_IN, _AT_MOST))
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


def _lived(move: Move, rng: Random) -> tuple[str, list]:
    """What became of an absence, as statements and their values: contact, a plan, and the meeting on coming back."""
    first_day, person, manager = move.after.first_day, move.person, move.person.line_manager_id
    reached = first_day + timedelta(days=rng.randint(8, 26)) if rng.random() < _REACHED else None
    agreed = first_day + timedelta(days=rng.randint(9, 30)) if rng.random() < _PLANNED else None
    held_on = move.after.back_on + timedelta(days=rng.choice((0, 0, 1, 9)))
    key, is_met = UUID(int=rng.getrandbits(128), version=4), rng.random() < _MET
    sql, values = _AS + _PLAN, [person.pk, reached, agreed, move.id]
    if manager and is_met:
        sql += _ARRANGED + _AS + _HELD + _AS + _OVER_NOW
        values += [key, move.id, manager, manager, key, held_on, person.pk, manager]
    return sql, [str(value) if isinstance(value, int) else value for value in values]
