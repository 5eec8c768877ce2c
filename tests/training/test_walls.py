"""What opens nothing: a requirement that comes afterwards, one's own hand, an event whose dates are moved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.factories.training import course, is_over, requirement, session_of
from tests.training.pages import date, of, organise, text, typed
from wellbeing.training.actions import places, requirements, sessions
from wellbeing.training.models import Completion, Place, PlaceState, Purpose, Requirement, Session
from wellbeing.training.reminders.places import moved
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

REQUIREMENT = "/admin/training/requirement/add/"


def booked(session, person) -> Place:
    with acting_as(person):
        return places.book(session=session, by=person)


def offered(session, person, by, **until) -> Place:
    with acting_as(by):
        until = timezone.now() + timedelta(**until or {"days": 3})
        return places.offer(session=session, person=person, until=until, by=by)


def recorded(somebody, of_course, by) -> Completion:
    with acting_as(by):
        return Completion.objects.create(
            person=somebody, course=of_course, completed_on=timezone.localdate(), recorded_by=by
        )


def seen(by, model) -> set[str]:
    with acting_as(by):
        return {row.person.known_as for row in model.objects.select_related("person")}


def refused(by, statement: str, *values) -> None:
    with pytest.raises(Error), acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_requirement_opens_nothing_from_before_it_came(browse_as, asha, chidi, hr, coordinator):
    session = session_of(course("Living with trauma"))
    booked(session, asha)
    recorded(asha, session.course, coordinator)
    client = browse_as(hr)
    asked = {"course": session.course_id, "ranks": "Nobody at all", "within_days": 90, "is_in_force": "on"}
    assert client.post(REQUIREMENT, asked).status_code == 302
    booked(session, chidi)
    assert chidi.name in text(client, organise(session))
    assert (seen(hr, Place), seen(hr, Completion)) == ({"Chidi"}, set())
    assert seen(coordinator, Place) == {"Asha", "Chidi"}
    # What HR cannot tell everybody of, HR does not do.
    said = "taken before the course was required"
    assert said in client.post(organise(session, "cancel/"), follow=True).content.decode()
    assert said in client.post(organise(session, "change/"), typed()).content.decode()
    Requirement.objects.update(since=timezone.now() - timedelta(days=9))
    assert seen(hr, Place) == {"Chidi"}


def test_switched_off_it_shows_nothing_and_switched_on_again_nothing_from_before(browse_as, asha, chidi, hr):
    session = session_of(course())
    rule = requirement(session.course)
    booked(session, asha)
    assert seen(hr, Place) == {"Asha"}
    with acting_as(hr):
        requirements.save(requirement=rule, by=hr, is_in_force=False)
    assert seen(hr, Place) == set()
    assert browse_as(hr).get(organise(session)).status_code == 404
    assert "Only the wellbeing coordinator sees who has a place. Should" in text(browse_as(asha), of(session))
    with acting_as(hr):
        requirements.save(requirement=rule, by=hr, is_in_force=True)
    booked(session, chidi)
    assert seen(hr, Place) == {"Chidi"}


def test_whoever_organises_does_not_write_that_they_came_themselves(browse_as, asha, coordinator, hr):
    session = session_of(course())
    requirement(session.course)
    own = [booked(session, person) for person in (coordinator, hr)]
    other = booked(session, asha)
    is_over(session)
    for person, place in zip((coordinator, hr), own, strict=True):
        client, address = browse_as(person), organise(session, "attendance/")
        page = text(client, address)
        assert "Somebody else who organises writes whether you came." in page
        assert person.name not in page
        assert client.post(address, {"came": [str(place.pk)], "seen": ""}).status_code == 200
        refused(person, "update training_place set state = 'attended' where id = %s", place.pk)
        with pytest.raises(Error, match="row-level security"):
            recorded(person, session.course, person)
    answer = browse_as(coordinator).post(address, {"came": [str(own[1].pk), str(other.pk)], "seen": ""})
    assert answer.status_code == 302
    with acting_as(coordinator):
        came = set(Place.objects.filter(state=PlaceState.ATTENDED).values_list("person", flat=True))
    assert came == {hr.pk, asha.pk}


def test_a_number_of_somebody_hidden_is_nobodys_but_for_who_keeps_the_roster(browse_as, coordinator, hr):
    hidden = PersonFactory(known_as="Una", last_name="Undisclosed", hidden=True)
    must = course()
    requirement(must)
    asked = {"person": hidden.staff_number, "course": must.pk} | date("completed_on", timezone.localdate())
    for who, named in ((coordinator, False), (hr, True)):
        page = browse_as(who).post("/training/organise/record/", asked).content.decode()
        assert ("Undisclosed" in page) is named


def test_what_was_recorded_wrongly_is_taken_back_by_who_organises(browse_as, asha, ben, coordinator, hr):
    must, other = course("Mental health for managers"), course("Listening well")
    requirement(must)
    own, wrong = recorded(coordinator, must, hr), recorded(asha, other, coordinator)
    address = f"/training/organise/record/{wrong.pk}/"
    for who in (hr, ben):
        assert browse_as(who).get(address).status_code == 404
    client = browse_as(coordinator)
    assert client.get(f"/training/organise/record/{own.pk}/").status_code == 404
    page = text(client, "/training/organise/record/")
    assert asha.name in page
    assert coordinator.name not in page
    assert "Take it back for Asha Patel" in text(client, address)
    assert client.post(address).status_code == 302
    assert seen(asha, Completion) == set()
    assert client.post(address).status_code == 404


def test_an_offer_ends_when_the_session_begins_also_where_it_is_moved(asha, coordinator):
    session = session_of(course(purpose=Purpose.CHAMPION), in_days=9)
    place = offered(session, asha, coordinator, days=8)
    soon = timezone.now() + timedelta(hours=1)
    with acting_as(coordinator):
        sessions.change(session=session, by=coordinator, starts_at=soon, ends_at=soon + timedelta(hours=2))
    with acting_as(asha):
        assert Place.objects.get().offered_until == soon
        assert [row.person for row in moved()] == [asha]
    is_over(session)
    with pytest.raises(ValidationError, match="has begun"), acting_as(asha):
        places.accept(place=place, by=asha)


def test_what_decides_who_sees_a_place_stays_as_it_was(asha, hr, coordinator):
    event, must = course("Roadshow", purpose=Purpose.EVENT), course("Mental health for managers")
    requirement(must)
    session = session_of(event)
    booked(session, asha)
    refused(hr, "update training_session set course_id = %s", must.pk)
    refused(hr, "update training_course set purpose = 'course' where id = %s", event.pk)
    assert seen(coordinator, Place) == {"Asha"}
    is_over(session)
    refused(coordinator, "update training_session set ends_at = now() + interval '1 day'")
    refused(coordinator, "update training_course set purpose = 'course' where id = %s", event.pk)
    assert seen(coordinator, Place) == set()
    assert Session.objects.get().is_over
