"""How much champions carry, as a visitor of the demonstration finds it."""

import pytest

from champions.queries import load as queries
from wellbeing.demo import load
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


def test_some_forty_have_counted_two_are_far_above_and_neither_is_the_casts(demo):
    with acting_as(person("coordinator")):
        shown = queries.of_the_network()
    assert len(shown.lines) >= 35
    assert len(shown.far_above) == 2
    assert person("champion") in [line.person for line in shown.lines]
    assert person("champion") not in shown.far_above
    assert shown.signposts[0][1] >= 5
    assert shown.signposts[-1][1] == 0


def test_what_is_there_is_not_invented_again(demo):
    assert load.count(person("champion"), None) == 0
