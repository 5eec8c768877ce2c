"""The forum as a visitor of the demonstration finds it."""

import pytest

from forum.models import Commitment, Meeting, MeetingState, Outcome, Relay, Seat
from forum.queries import seats
from tests.demo.test_load import person
from wellbeing.demo.actions import SITS
from wellbeing.demo.cast import CAST
from wellbeing.people.models import EmploymentType
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


def test_those_who_sit_at_the_forum_could_be_members_of_what_they_represent(demo):
    assert seats.vacant() == ["Staff networks"]
    by_name = {chair.strand.label: chair.representative.person for chair in seats.chairs() if not chair.is_vacant}
    assert by_name["UNISON"].employment_type == EmploymentType.STAFF
    assert by_name["Superintendents’ Association"].rank_or_grade in ("Supt", "Ch Supt")
    for chair in seats.chairs():
        if chair.strand.division:
            assert chair.representative.person.station.division == chair.strand.division
    of_the_cast = {member.staff_number for member in CAST.values()}
    sitting = set(Seat.objects.filter(person__staff_number__in=of_the_cast).values_list("person", flat=True))
    assert sitting == {person(key).pk for key in SITS.values()}


def test_something_is_published_something_to_publish_and_the_plan_under_way(demo):
    with acting_as(person("secretary")):
        assert Meeting.objects.filter(state=MeetingState.PUBLISHED).count() == 1
        held = Meeting.objects.get(state=MeetingState.HELD)
        assert held.outcomes.filter(published_at__isnull=True).exists()
        assert Outcome.objects.overdue().exists()
    assert Relay.objects.get(strand__name="Staff networks").relayed_at is None  # nobody sits there to tell them
    assert Relay.objects.filter(relayed_at__isnull=False).exists()
    evidence = list(Commitment.objects.published().values_list("evidence", flat=True))
    assert len(set(evidence)) == len(evidence) > 5
