"""In the demonstration most line managers hold their training, some do not, and whoever answers for it sees it."""

import pytest

from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.training.models import Required, Requirement, Standing
from wellbeing.training.queries import compliance
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.usefixtures("demo")


def person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


def test_every_kind_of_standing_but_overdue_is_there_to_be_seen():
    with acting_as(person("lead")):
        together = compliance.all_together(compliance.by_division(Requirement.objects.get()))

    assert together.counts.keys() == set(Standing) - {Standing.OVERDUE}
    assert 40 < together.share < 90


def test_the_casts_line_manager_has_it_to_do_again_soon():
    manager = person("manager")
    with acting_as(manager):
        mine = Required.objects.with_standing().get()

    assert (mine.person, mine.standing) == (manager, Standing.DONE)
    assert 0 < (mine.due_on - mine.booked_on).days < 60


def test_there_is_something_to_read_again():
    assert Requirement.objects.get().course.reading.count() == 4
