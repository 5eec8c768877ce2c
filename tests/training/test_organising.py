"""Training as the coordinator and HR organise it: who may, what is typed, who came, what was completed elsewhere."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.guidance import a_page
from tests.factories.people import PersonFactory
from tests.factories.training import course, is_over, requirement, session_of
from tests.training.pages import date, of, organise, text, typed
from wellbeing.training.actions import completions, places, sessions
from wellbeing.training.models import Completion, Course, Place, PlaceState, Purpose, Session
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

INDEX, PLAN, RECORD, NEW = (f"/training/organise/{page}" for page in ("", "plan/", "record/", "courses/new/"))


@pytest.fixture
def must(db):
    """What line managers must complete: the one that HR organises too."""
    required = course("Mental health for managers", valid_months=24, provider="WCS")
    requirement(required)
    return required


@pytest.fixture
def event(db):
    return course("Mindfulness roadshow", purpose=Purpose.EVENT)


def booked(session, *people) -> list[Place]:
    found = []
    for person in people:
        with acting_as(person):
            found.append(places.book(session=session, by=person))
    return found


def test_who_opens_which_page(request, browse_as, must, event, asha):
    required, roadshow = session_of(must), session_of(event)
    booked(required, asha)
    booked(roadshow, asha)
    opens = {
        "coordinator": "everything",
        "hr": "required",
        "lead": "",
        "dpo": "",
        "superuser": "",
        "ben": "",
        "asha": "",
    }
    for who, what in opens.items():
        client = browse_as(request.getfixturevalue(who))
        for address in (INDEX, PLAN, RECORD):
            assert client.get(address).status_code == (200 if what else 404), (who, address)
        pages = ("", "change/", "cancel/", "attendance/", "sheet/")
        for session in (required, roadshow):
            may = what == "everything" or (what == "required" and session == required)
            for page in pages:
                expected = 200 if may and not (session == roadshow and page == "attendance/") else 404
                assert client.get(organise(session, page)).status_code == expected, (who, session, page)
        for of_course, may in ((must, bool(what)), (event, what == "everything")):
            assert client.get(f"/training/organise/courses/{of_course.pk}/").status_code == (200 if may else 404)
        assert client.get(NEW).status_code == (200 if what == "everything" else 404)
        assert client.get(of(required)).status_code == 200


def test_hr_sees_no_event_and_a_post_of_theirs_changes_none(browse_as, hr, must, event, asha):
    roadshow = session_of(event)
    booked(roadshow, asha)
    client = browse_as(hr)
    assert "Mindfulness" not in text(client, INDEX)
    assert client.post(organise(roadshow, "cancel/")).status_code == 404
    assert client.post(organise(roadshow, "change/"), typed()).status_code == 404
    answer = client.post(PLAN, typed(course=event.pk))
    assert "Select a valid choice" in answer.content.decode()
    assert event.sessions.count() == 1


def test_names_of_an_event_are_shown_until_it_is_over_and_of_hidden_people_never(browse_as, coordinator, event, asha):
    roadshow = session_of(event)
    booked(roadshow, asha, PersonFactory(known_as="Secret", hidden=True))
    client = browse_as(coordinator)
    for page in ("", "sheet/"):
        said = text(client, organise(roadshow, page))
        assert f"Asha Patel {asha.staff_number}" in said
        assert "Somebody who is in no list" in said
        assert "Secret" not in said
    is_over(roadshow)
    said = text(client, organise(roadshow))
    assert "who had a place is not shown any more" in said
    assert "Asha" not in said + text(client, organise(roadshow, "sheet/"))


def test_the_first_page_puts_what_is_not_written_first_and_says_how_full(browse_as, coordinator, must, event, asha):
    held, coming, roadshow = session_of(must), session_of(must, capacity=1), session_of(event)
    for session in (held, coming, roadshow):
        booked(session, asha)
    is_over(held)
    said = text(browse_as(coordinator), INDEX)
    assert said.index("It is not written yet who came") < said.index("Coming") < said.index("Courses and events")
    assert "1 of 1 places taken Full" in said
    assert "1 of 12 places taken" in said


def test_the_organisers_pages_ask_the_same_few_questions_for_one_and_for_three(browse_as, coordinator, must, station):
    client = browse_as(coordinator)
    client.get(INDEX)
    counts = {}
    for number in (1, 3):
        while must.sessions.count() < 2 * number:
            session, over = session_of(must, station=station), session_of(must)
            booked(over, PersonFactory(station=station))
            is_over(over)
            course(f"Course {number} {must.sessions.count()}")
        booked(session, *(PersonFactory(station=station) for _ in range(number)))
        for address in (INDEX, organise(session), organise(session, "sheet/"), organise(over, "attendance/")):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.setdefault(address.rpartition("-")[2][12:], []).append(len(asked))
    assert all(one == three for one, three in counts.values()), counts


# --- Sessions and courses -----------------------------------------------------------------------------


def test_a_session_is_planned_once_however_often_the_button_is_pressed(browse_as, coordinator, station, must):
    client = browse_as(coordinator)
    form = client.get(f"{PLAN}?course={must.pk}").context["form"]
    assert form["course"].value() == must.pk
    for _ in range(2):
        answer = client.post(PLAN, typed(course=must.pk, id=form["id"].value(), station=station.pk))
        session = Session.objects.get()
        assert answer.url == organise(session)
    starts = timezone.localtime(session.starts_at)
    assert (starts.hour, starts.minute, session.room, session.station) == (9, 30, "Room 2", station)


@pytest.mark.parametrize(
    ("wrong", "said", "beside"),
    [
        ({"starts": "half nine"}, "Enter a time, for example 09:30.", "starts"),
        ({"ends": "09:00"}, "It ends after it begins.", "ends"),
        ({"capacity": "0"}, "There is one place at least.", "capacity"),
        ({"course": ""}, "Choose “Course”.", "course"),
        (date("day", timezone.localdate() - timedelta(days=1)), "a day and time that are still to come.", "day"),
        (date("last_day", timezone.localdate()), "The last day is the first day or a later one.", "last_day"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(browse_as, coordinator, must, wrong, said, beside):
    answer = browse_as(coordinator).post(PLAN, typed(course=must.pk, trainer="Dr Shah") | wrong)
    html = answer.content.decode()
    assert said in html
    assert beside in answer.context["form"].errors
    assert 'value="Dr Shah"' in html
    assert "Error: " in html
    assert not Session.objects.exists()


def test_a_change_of_two_organisers_at_once_is_refused_to_the_second(browse_as, coordinator, must, asha, chidi):
    session = session_of(must)
    booked(session, asha, chidi)
    client = browse_as(coordinator)
    seen = client.get(organise(session, "change/")).context["form"]["seen"].value()
    client.post(organise(session, "change/"), typed(seen=seen, room="Room 7"))
    session.refresh_from_db()
    assert (session.room, session.sequence) == ("Room 7", 1)
    answer = client.post(organise(session, "change/"), typed(seen=seen, room="Room 9"))
    assert "Somebody else has changed this meanwhile." in answer.content.decode()
    assert 'value="Room 9"' in answer.content.decode()
    seen = client.get(organise(session, "change/")).context["form"]["seen"].value()
    answer = client.post(organise(session, "change/"), typed(seen=seen, capacity="1"))
    assert "2 places are taken: leave at least as many." in answer.content.decode()
    session.refresh_from_db()
    assert (session.room, session.capacity) == ("Room 7", 12)


def test_cancelling_says_how_many_are_told_and_happens_once(browse_as, coordinator, must, asha, chidi):
    session, client = session_of(must), browse_as(coordinator)
    booked(session, asha, chidi)
    assert "2 people have a place, and are told at once" in text(client, organise(session, "cancel/"))
    for _ in range(2):
        assert client.post(organise(session, "cancel/")).url == organise(session)
    said = text(client, organise(session))
    assert "This session is cancelled." in said  # the second time it was refused
    assert "Nobody has a place in it any more." in said
    assert client.get(organise(session, "change/")).url == organise(session)


def test_a_course_is_added_with_pages_to_read_again_and_changed_by_one_at_a_time(browse_as, coordinator):

    reading, client = a_page("The right words"), browse_as(coordinator)
    kept = {"title": "Listening", "purpose": "course", "provider": "WCS", "summary": "", "valid_months": "24"}
    kept |= {"reading": [reading.pk], "is_offered": "on"}
    client.post(NEW, kept)
    added = Course.objects.get()
    assert [*added.reading.all()] == [reading]
    assert (
        "There is a course of this title already." in client.post(NEW, kept | {"title": "listening"}).content.decode()
    )
    wrong = client.post(NEW, kept | {"title": "Tea", "purpose": "event"}).content.decode()
    assert "Nobody completes an event: leave this empty." in wrong

    address = f"/training/organise/courses/{added.pk}/"
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, kept | {"seen": seen, "reading": []})
    assert not added.reading.exists()
    answer = client.post(address, kept | {"seen": seen, "title": "Other"})
    assert "Somebody else has changed this meanwhile." in answer.content.decode()
    session_of(added)
    assert client.get(address).context["form"].fields["purpose"].disabled


# --- Who came -----------------------------------------------------------------------------------------


def test_who_came_is_written_and_mended_and_two_who_write_at_once_do_not_overwrite(browse_as, hr, must, asha, chidi):
    session, client = session_of(must), browse_as(hr)
    came, missed = booked(session, asha, chidi)
    assert "once the session has begun" in text(client, organise(session, "attendance/"))
    is_over(session)
    form = client.get(organise(session, "attendance/")).context["form"]
    assert set(form["came"].value()) == {str(came.pk), str(missed.pk)}
    first = {"came": [str(came.pk)], "seen": form["seen"].value()}
    assert client.post(organise(session, "attendance/"), first).url == organise(session)
    assert "You were there." in text(browse_as(asha), of(session))
    assert "it is written that you did not come" in text(browse_as(chidi), of(session))
    assert "taught by WCS" in text(browse_as(asha), "/training/mine/")

    answer = client.post(organise(session, "attendance/"), first | {"came": [str(missed.pk)]})
    assert "Somebody else has changed this meanwhile." in answer.content.decode()
    seen = client.get(organise(session, "attendance/")).context["form"]["seen"].value()
    client.post(organise(session, "attendance/"), {"came": [str(missed.pk)], "seen": seen})
    with acting_as(hr):
        assert [one.person for one in Completion.objects.all()] == [chidi]
        assert Place.objects.get(pk=came.pk).state == PlaceState.MISSED


def test_a_forged_key_marks_nobody_of_another_session(browse_as, coordinator, must, asha, chidi):
    session, other = session_of(must), session_of(must)
    booked(session, asha)
    (elsewhere,) = booked(other, chidi)
    is_over(session)
    answer = browse_as(coordinator).post(organise(session, "attendance/"), {"came": [str(elsewhere.pk)], "seen": ""})
    assert "Select a valid choice" in answer.content.decode()
    with acting_as(chidi):
        assert Place.objects.get().state == PlaceState.BOOKED


def test_a_completion_elsewhere_is_recorded_after_the_name_was_shown(browse_as, hr, must, asha):
    client = browse_as(hr)
    said = {"person": asha.staff_number, "course": must.pk, "provider": "College of Policing"}
    said |= date("completed_on", timezone.localdate() - timedelta(days=40))
    assert "Asha Patel" in client.post(RECORD, said).content.decode()
    with acting_as(asha):
        assert not Completion.objects.exists()
    assert client.post(RECORD, said | {"seen": asha.staff_number}).url == INDEX
    with acting_as(asha):
        assert Completion.objects.get().provider == "College of Policing"
    answer = client.post(RECORD, said | {"seen": asha.staff_number})
    assert "has completed Mental health for managers on that day already" in answer.content.decode()


def test_what_cannot_be_recorded_is_said_beside_it(browse_as, hr, must, event, asha):
    client = browse_as(hr)
    said = {"person": asha.staff_number, "course": must.pk} | date("completed_on", timezone.localdate())
    for wrong, sentence in (
        ({"person": "nobody"}, "Nobody on the roster has this staff number."),
        ({"person": hr.staff_number}, "Somebody else records what you have completed."),
        ({"course": event.pk}, "Select a valid choice"),
        (date("completed_on", timezone.localdate() + timedelta(days=1)), "Choose today or an earlier day."),
    ):
        assert sentence in client.post(RECORD, said | wrong).content.decode()
    with acting_as(asha):
        assert not Completion.objects.exists()


def test_actions_refuse_what_no_page_offers(coordinator, event, asha):
    today = timezone.localdate()
    for person, reason in ((asha, "Nobody completes an event"), (coordinator, "Somebody else records")):
        with pytest.raises(ValidationError, match=reason), acting_as(coordinator):
            completions.record(person=person, course=event, completed_on=today, by=coordinator)
    session_of(event)
    with pytest.raises(ValidationError, match="add another course"), acting_as(coordinator):
        sessions.save_course(course=event, by=coordinator, purpose=Purpose.COURSE)
