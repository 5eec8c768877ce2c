"""The coordinator's page: who has room, who is overloaded, what is due, who waits; numbers and no text."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate as today

from mentoring.models import Mentor
from tests.factories.people import PersonFactory
from tests.mentoring.absent import a_mentor, called, is_away, trained, truth
from tests.mentoring.pages import a_day
from tests.mentoring.test_welfare import supports
from wellbeing.people import actions as people
from wellbeing.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
PAGE = "/mentoring/coordinator/"


def words(page) -> str:
    """The words of a page, in one line, without what is new in every page."""
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", " ".join(page.content.decode().split()))


def test_it_is_the_coordinators_alone(browse_as, coordinator, asha, ben, hr, lead, superuser, welfare_mentor):
    assert browse_as(coordinator).get(PAGE).status_code == 200
    for person in (asha, ben, hr, lead, superuser, welfare_mentor):
        client = browse_as(person)
        for page in (PAGE, f"{PAGE}mentors/{Mentor.objects.get().pk}/"):
            assert client.get(page).status_code == 404


def test_it_says_who_has_room_who_is_overloaded_and_what_is_due(browse_as, coordinator, asha, ben, station):
    yesterday, later = today() - timedelta(days=1), today() + timedelta(days=40)
    a_mentor("Free", supervision_due=later)
    full = a_mentor("Full", capacity=1, supervision_due=yesterday)
    a_mentor("Paused", paused=True)
    a_mentor("Untrained", trained_on=None)
    a_mentor("Late", training_due=yesterday)
    a_mentor("Leaving", last_day=later)
    truth("update people_person set hidden = true where id = %s", a_mentor("Covert").pk)
    for number in range(2):
        person = PersonFactory(known_as=f"Secret{number}", station=station)
        is_away(person)
        supports(full, person)
    page = words(browse_as(coordinator).get(PAGE))

    assert "Keeps contact with 0, up to 2. 2 places free." in page
    assert 'Keeps contact with 2, up to 1. <strong class="govuk-tag govuk-tag--overdue">Overloaded' in page
    for sentence in ("Taking a break", "training is missing", "Supervision was due", "Training was due", "Last day:"):
        assert page.count(sentence) == (2 if sentence == "training is missing" else 1), sentence
    assert "Secret" not in page
    assert "Covert" not in page
    gap = words(browse_as(coordinator).get("/admin/"))
    assert "1 welfare mentor overloaded or due for supervision" in gap


def test_it_asks_as_often_for_three_as_for_one(browse_as, coordinator, asha, ben, station, django_assert_num_queries):
    def one_more() -> None:
        a_mentor("Some", station=station)
        for managed in (True, False):
            person = PersonFactory(station=station, line_manager=ben if managed else None)
            is_away(person)
            if managed:
                called("mentoring_ask_swap(%s)", uuid.uuid4(), by=person)

    client = browse_as(coordinator)
    one_more()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as first:
        client.get(PAGE)
    one_more()
    one_more()
    with django_assert_num_queries(len(first)):
        page = words(client.get(PAGE))
    assert "3 people wait for you" in page
    assert "Nobody keeps contact with 3 people" in page


def test_where_nobody_keeps_contact_the_coordinator_offers_and_the_person_picks(
    browse_as, coordinator, welfare_mentor, station
):
    alone, wilma = PersonFactory(known_as="Alone", station=station), trained(welfare_mentor)
    absence = is_away(alone)
    client = browse_as(coordinator)
    assert "Nobody keeps contact with 1 person" in words(client.get(PAGE))
    assert "Nobody keeps contact with 1 person away" in words(client.get("/admin/"))
    page = client.post(f"{PAGE}absences/{absence}/offer/", follow=True)
    client.post(page.redirect_chain[-1][0], {"mentors": [wilma.pk]})
    person = browse_as(alone)
    assert "Wilma Mentor" in words(person.get("/my-plan/swap/"))
    person.post("/my-plan/swap/pick/", {"mentor": wilma.pk})

    assert "Nobody keeps contact" not in words(client.get(PAGE))
    assert "Keeps contact with 1, up to 2. 1 place free." in words(client.get(PAGE))


def test_a_coordinator_who_is_somebodys_manager_learns_nothing_from_the_numbers(
    browse_as, asha, ben, coordinator, welfare_mentor
):
    people.save_people(by=None, changed=[(Person.objects.get(pk=ben.pk), {"line_manager_id": coordinator.pk})])
    is_away(asha)
    trained(welfare_mentor)
    before = words(browse_as(coordinator).get(PAGE))
    supports(welfare_mentor, asha)

    assert words(browse_as(coordinator).get(PAGE)) == before
    assert "Keeps contact with 0" in before


def test_training_and_supervision_are_noted_and_the_next_is_due_eight_weeks_later(
    browse_as, coordinator, welfare_mentor, chidi
):
    client, page = browse_as(coordinator), f"{PAGE}mentors/{Mentor.objects.get().pk}/"
    client.get(page)
    client.post(
        f"{page}training/",
        a_day("trained_on", today()) | a_day("training_due", today() + timedelta(days=700)),
    )
    form = {"key": uuid.uuid4(), "with_whom": chidi.staff_number, **a_day("held_on", today())}
    for _ in range(2):
        shown = words(client.post(f"{page}supervision/", form, follow=True))

    assert "with Chidi Stranger" in shown
    assert truth("select trained_on, training_due, supervision_due from mentoring_welfareprofile") == [
        (today(), today() + timedelta(days=700), today() + timedelta(weeks=8))
    ]
    assert truth("select count(*) from mentoring_supervision") == [(1,)]


def test_what_is_wrong_is_said_beside_it(browse_as, coordinator, welfare_mentor):
    client, page = browse_as(coordinator), f"{PAGE}mentors/{Mentor.objects.get().pk}/"
    tomorrow = today() + timedelta(days=1)
    assert "Enter today or an earlier day" in words(client.post(f"{page}training/", a_day("trained_on", tomorrow)))
    late = a_day("trained_on", today()) | a_day("training_due", today())
    assert "It must be due after the day" in words(client.post(f"{page}training/", late))
    own = {"key": uuid.uuid4(), "with_whom": welfare_mentor.staff_number, **a_day("held_on", today())}
    assert "That is their own number" in words(client.post(f"{page}supervision/", own))
