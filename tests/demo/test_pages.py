"""What was signed, handed out and answered, as a visitor of the demonstration finds it."""

import pytest

from wellbeing.demo import pages
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.support import queries
from wellbeing.support.models import Handout
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def test_two_wordings_are_signed_by_invented_people_and_one_is_not_signed_yet(demo):
    signed = [queries.statement(kind) for kind in ("limits", "never_used_for")]

    assert all("(invented)" in signature for one in signed for signature in one.signatures)
    assert not queries.statement("privacy").is_agreed


def test_there_are_slides_and_answers_and_they_are_not_invented_again(demo):
    coordinator = Person.objects.get(staff_number=CAST["coordinator"].staff_number)
    assert Handout.objects.get().pages == 2
    with acting_as(coordinator):
        helped = queries.helped()
        assert helped
        pages.help_some(pages.Random(1))
        assert queries.helped() == helped
        assert pages.sign(coordinator, coordinator) == 0
