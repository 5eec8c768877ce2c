"""Career mentoring in the demonstration: something to see for who asks and for who is asked."""

import pytest

from mentoring.queries import career as queries
from wellbeing.demo import actions
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def one(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


def seen() -> tuple:
    with acting_as(one("staff")):
        mine = queries.mentor_now(one("staff"))
        goals, sessions = queries.goals_of(mine, to=mine.subject).count(), queries.sessions_of(mine, to=mine.subject)
        held = sorted(sessions.values_list("state", flat=True))
    with acting_as(one("champion")):
        waits = queries.request_of(one("champion"))
    with acting_as(one("coordinator")):
        return mine.pk, goals, held, waits.pk, waits.state, len(queries.load()), len(queries.waiting())


def test_the_star_has_a_mentor_and_somebody_else_waits_also_when_it_is_loaded_again(demo):
    before = seen()
    assert before[1:3] == (1, ["held", "planned"])
    assert before[4:] == ("waiting", 12, 1)
    actions.complete()
    assert seen() == before
