"""Whatever a visitor has done, the demonstration starts again the next time."""

import pytest

from spocs import actions as spocs
from spocs.actions import volunteering
from spocs.models import Spoc
from spocs.queries.volunteering import to_ring
from wellbeing.contact.models import ContactRequest
from wellbeing.demo import actions
from wellbeing.demo.cast import CAST
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as


def one(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


@pytest.mark.parametrize("take_off", [spocs.pause, spocs.withdraw])
def test_it_starts_where_the_spoc_of_the_cast_was_taken_off_the_list(demo, take_off):
    niamh, coordinator = one("spoc"), one("coordinator")
    with acting_as(coordinator):
        for waiting in to_ring(coordinator):
            volunteering.has_rung(spoc=waiting, by=coordinator)
    with acting_as(niamh):
        ContactRequest.objects.all().delete()
        take_off(spoc=Spoc.objects.get(person=niamh), by=niamh)
    actions.complete()
    with acting_as(coordinator):
        assert not to_ring(coordinator).exists()
