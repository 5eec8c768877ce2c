"""Training and events as anybody uses them: what is coming, a place, what is one's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.people import DivisionFactory, StationFactory, the_force
from tests.factories.training import course, is_over, requirement, session_of
from tests.training.pages import of, text
from wellbeing.people.actions import set_force
from wellbeing.training.actions import places, sessions
from wellbeing.training.models import Place, PlaceState, Purpose
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def roadshow(db):
    return course("Mindfulness roadshow", purpose=Purpose.EVENT, provider="Physical training team")


def state_of(person, session) -> str:
    with acting_as(person):
        return Place.objects.filter(session=session, person=person).latest("made_at").state


def test_what_is_at_ones_own_station_or_for_everybody_comes_first(browse_as, asha, station, roadshow):
    deal = StationFactory(name="Deal", division=DivisionFactory(name="East"))
    session_of(roadshow, in_days=3, station=deal)
    session_of(roadshow, in_days=9, station=station, room="Canteen", capacity=3)
    session_of(course("Sleep and shifts", purpose=Purpose.EVENT), in_days=12, room="By video")

    said = text(browse_as(asha), "/training/")
    assert (
        said.index("At Ashford, and for everybody") < said.index("Sleep and shifts") < said.index("At other stations")
    )
    assert said.index("Ashford, Canteen") < said.index("At other stations") < said.rindex("Deal")
    assert "3 places left" in said


def test_a_choice_of_place_stands_in_the_address_and_an_unknown_one_counts_as_none(browse_as, asha, station, roadshow):
    deal = StationFactory(name="Deal", division=DivisionFactory(name="East"))
    session_of(roadshow, station=deal, room="Garage")
    session_of(roadshow, station=station, room="Canteen")
    client = browse_as(asha)
    for where, seen in (
        (f"station-{deal.slug}", {"Garage"}),
        (f"division-{deal.division.slug}", {"Garage"}),
        (f"station-{station.slug}", {"Canteen"}),
        ("station-atlantis", {"Garage", "Canteen"}),
        ("'; drop", {"Garage", "Canteen"}),
    ):
        said = text(client, f"/training/?where={where}")
        assert {room for room in ("Garage", "Canteen") if room in said} == seen, where
    StationFactory(name="Walmer", division=deal.division)
    assert "Nothing is planned there" in text(client, "/training/?where=station-walmer")


def test_where_nothing_is_planned_the_page_says_so(browse_as, asha):
    assert "Nothing is planned just now" in text(browse_as(asha), "/training/")
    assert "You have no place in anything that is coming" in text(browse_as(asha), "/training/mine/")


def test_the_list_and_ones_own_page_ask_the_same_few_questions_for_one_and_for_three(
    browse_as, asha, station, roadshow
):
    client = browse_as(asha)
    client.get("/training/")  # what is asked once and then remembered
    counts = {}
    for number in (1, 3):
        while roadshow.sessions.count() < number:
            session = session_of(roadshow, station=station)
            with acting_as(asha):
                places.book(session=session, by=asha)
        for address in ("/training/", "/training/mine/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.setdefault(address, []).append(len(asked))
    assert all(one == three for one, three in counts.values()), counts


def test_a_place_is_booked_in_one_tap_once_and_given_back(browse_as, asha, roadshow):
    session, client = session_of(roadshow), browse_as(asha)
    assert "Book a place" in text(client, of(session))
    for _ in range(2):
        assert client.post(of(session, "book/")).url == of(session)
    assert "You have a place" in text(client, of(session))
    assert "You have a place" in text(client, "/training/")
    assert "Mindfulness roadshow" in text(client, "/training/mine/")
    session.refresh_from_db()
    assert session.taken == 1

    client.post(of(session, "withdraw/"))
    said = text(client, of(session))
    assert "You gave your place back." in said
    assert "Book a place again" in said
    client.post(of(session, "withdraw/"))
    assert "You have given this place back." in text(client, of(session))


def test_an_offer_is_answered_on_the_sessions_page(browse_as, asha, chidi, coordinator):
    session = session_of(course("Becoming a champion", purpose=Purpose.CHAMPION), capacity=2)
    for person in (asha, chidi):
        with acting_as(coordinator):
            places.offer(session=session, person=person, until=timezone.now() + timedelta(days=2), by=coordinator)
    client = browse_as(asha)
    assert "A place is offered to you" in text(client, "/training/")
    assert "Answer by" in text(client, "/training/mine/")
    assert "A place is held for you until" in text(client, of(session))
    client.post(of(session, "answer/"), {"answer": "nonsense"})
    assert state_of(asha, session) == PlaceState.OFFERED
    client.post(of(session, "answer/"), {"answer": "accept"})
    assert state_of(asha, session) == PlaceState.BOOKED
    client.post(of(session, "answer/"), {"answer": "accept"})
    assert "This place is yours already." in text(client, of(session))

    other = browse_as(chidi)
    other.post(of(session, "answer/"), {"answer": "decline"})
    said = text(other, of(session))
    assert "You said no to a place." in said
    assert "offered from the waiting list" in said


def test_who_may_book_what_themselves(browse_as, asha, champion):
    refresher = session_of(course("Refresher", purpose=Purpose.REFRESHER))
    training = session_of(course("Becoming a champion", purpose=Purpose.CHAMPION))
    kept = session_of(course("Given up", is_offered=False))
    client = browse_as(asha)
    assert "This session is for champions." in text(client, of(refresher))
    assert "offered from the waiting list" in text(client, of(training))
    assert client.get(of(kept)).status_code == 404
    for session, refusal in ((refresher, "This session is for champions"), (training, "people on the waiting list")):
        client.post(of(session, "book/"))
        assert refusal in text(client, of(session))
        assert client.post(of(session, "withdraw/")).status_code == 404
    assert client.post(of(kept, "book/")).status_code == 404
    assert "Nothing is planned" in text(client, "/training/")
    assert "Refresher" in text(browse_as(champion), "/training/")
    browse_as(champion).post(of(refresher, "book/"))
    assert state_of(champion, refresher) == PlaceState.BOOKED


def test_full_cancelled_and_over_are_said_kindly(browse_as, asha, chidi, coordinator, roadshow):
    full, cancelled, over = (session_of(roadshow, capacity=1) for _ in range(3))
    for session in (full, cancelled, over):
        browse_as(chidi).post(of(session, "book/"))
    with acting_as(coordinator):
        sessions.cancel(session=cancelled, by=coordinator)
    is_over(over)
    client = browse_as(asha)
    assert "Every place is taken" in text(client, of(full))
    client.post(of(full, "book/"))
    assert "The last place has just gone." in text(client, of(full))
    assert "This session was cancelled." in text(client, of(cancelled))
    assert "You had a place in it: we are sorry." in text(browse_as(chidi), of(cancelled))
    said = text(client, of(over))
    assert "This session is over." in said
    assert "You had no place in it." in said
    for session in (cancelled, over):
        client.post(of(session, "book/"))
        with acting_as(asha):
            assert not Place.objects.exists()


def test_each_page_says_who_sees_a_place(browse_as, asha, roadshow):
    must, other = course("Mental health for managers"), course("Listening well")
    requirement(must)
    client = browse_as(asha)
    said = {of_course.title: text(client, of(session_of(of_course))) for of_course in (roadshow, must, other)}
    assert (
        "Only the wellbeing coordinator sees who has a place at an event, and only until it is over."
        in said[str(roadshow)]
    )
    assert "HR sees it of places taken since some people must hold it" in said[str(must)]
    assert "Only the wellbeing coordinator sees who has a place." in said[str(other)]


def test_home_shows_three_events_of_ones_own_station_and_for_everybody(browse_as, asha, station, roadshow):
    deal = StationFactory(name="Deal")
    session_of(course("Listening well"), station=station)
    session_of(roadshow, in_days=2, station=deal, room="Garage")
    client = browse_as(asha)
    assert "Coming up" not in text(client, "/")
    shown = [
        session_of(roadshow, in_days=days, station=at)
        for days, at in ((3, station), (5, None), (7, station), (9, None))
    ]
    html = client.get("/").content.decode()
    assert "Coming up at Ashford" in html
    assert [of(session) in html for session in shown] == [True, True, True, False]


def test_a_station_page_that_is_public_shows_titles_and_days_of_events_and_no_link(
    client, browse_as, asha, station, roadshow
):
    session = session_of(roadshow, station=station, room="Canteen")
    assert of(session) in browse_as(asha).get("/champions/stations/ashford/").content.decode()
    assert client.get("/champions/stations/ashford/").status_code == 302
    the_force()
    set_force(by=None, publish_station_contacts=True)
    html = client.get("/champions/stations/ashford/").content.decode()
    assert "Mindfulness roadshow" in html
    assert of(session) not in html
    assert "Canteen" not in html
    assert client.get(of(session)).status_code == 302


def test_a_reminder_leads_from_ones_own_place_to_its_session_and_nobody_elses(browse_as, asha, chidi, roadshow):
    session = session_of(roadshow)
    with acting_as(asha):
        place = places.book(session=session, by=asha)
    assert browse_as(asha).get(f"/training/places/{place.pk}/").url == of(session)
    assert browse_as(chidi).get(f"/training/places/{place.pk}/").status_code == 404
