"""One's own dates as a calendar: neutral, to whoever has the address, and to nobody once it is revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from mentoring.actions import schedules
from tests.factories.people import PersonFactory
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

SETTINGS = "/reminders/settings/"


@pytest.fixture
def address_of(browse_as):
    """`address_of(person)`: opens their calendar through its page; the path that the page shows once."""

    def opened(person) -> str:
        page = browse_as(person).post("/reminders/calendar/open/").content.decode()
        return re.search(r'value="https?://[^/]+(/reminders/calendar/[\w-]+\.ics)"', page)[1]

    return opened


def events(client, address: str) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def due_in(days: int, subject, by):
    day = working_days.on_or_after(timezone.localdate() + timedelta(days=days))
    with acting_as(by):
        schedules.set_schedule(by=by, subject=subject, every_weeks=None, next_due=day, rests_until=None)
    return day


def test_it_shows_what_is_due_with_neutral_titles_and_no_names(client, asha, ben, make_champion, address_of):
    day = due_in(10, asha, ben)
    champion = make_champion(ben, refresher_in=100)

    found = events(client, address_of(ben))

    assert [(str(event["SUMMARY"]), event.decoded("DTSTART")) for event in found] == [
        ("Wellbeing portal: 1-1", day),
        ("Wellbeing portal: refresher", champion.refresher_due),
    ]
    for event in found:
        text = event.to_ical().decode()
        assert not any(secret in text for secret in ("Asha", "Patel", asha.station.name, asha.staff_number, "champion"))
        assert {"DESCRIPTION", "LOCATION", "ATTENDEE", "ORGANIZER"}.isdisjoint(event)
        assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")


def test_it_is_a_calendar_that_programs_read(client, asha, ben, address_of):
    due_in(10, asha, ben)
    answer = client.get(address_of(ben))
    calendar = Calendar.from_ical(answer.content)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (calendar["VERSION"], str(calendar["X-WR-CALNAME"])) == ("2.0", "Wellbeing portal")
    assert all(line.endswith(b"\r") or not line for line in answer.content.split(b"\n"))
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert calendar.errors == []


def test_a_date_that_moves_keeps_its_name_in_the_calendar(client, asha, ben, address_of):
    address = address_of(ben)
    due_in(10, asha, ben)
    (before,) = events(client, address)
    due_in(40, asha, ben)
    (after,) = events(client, address)

    assert before["UID"] == after["UID"]
    assert before.decoded("DTSTART") != after.decoded("DTSTART")


def test_what_is_done_is_gone_from_it(client, asha, ben, hr, address_of):
    address = address_of(ben)
    due_in(10, asha, ben)
    with acting_as(hr):
        people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, line_manager_id=PersonFactory().pk)

    assert events(client, address) == []


def test_it_shows_nobody_else_s_dates(client, asha, ben, chidi, address_of):
    due_in(10, asha, ben)

    assert events(client, address_of(chidi)) == []


def test_a_new_address_ends_the_old_one_and_stopping_ends_both(client, browse_as, ben, address_of):
    old, new = address_of(ben), address_of(ben)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)

    browse_as(ben).post("/reminders/calendar/close/")
    assert client.get(new).status_code == 404


def test_whoever_comes_back_to_the_page_of_the_address_makes_no_new_one(client, browse_as, ben, address_of):
    address = address_of(ben)

    assert browse_as(ben).get("/reminders/calendar/open/").headers["Location"] == SETTINGS
    assert client.get(address).status_code == 200


def test_the_address_is_kept_nowhere(ben, address_of, as_owner):
    token = address_of(ben).rsplit("/", 1)[1].removesuffix(".ics")
    as_owner.execute("select feed::text from reminders_feed feed")

    assert token not in as_owner.fetchone()[0]
    assert len(token) >= 40


def test_it_ends_when_its_owner_leaves_and_does_not_come_back(client, ben, hr, address_of):
    address = address_of(ben)
    yesterday = timezone.localdate() - timedelta(days=1)
    people.change_person(person=Person.objects.get(pk=ben.pk), by=None, left=yesterday)
    assert client.get(address).status_code == 404

    people.change_person(person=Person.objects.get(pk=ben.pk), by=None, left=None)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é"])
def test_a_made_up_address_is_no_calendar(client, db, token):
    assert client.get(f"/reminders/calendar/{token}.ics").status_code == 404


def test_the_page_shows_the_address_once_and_says_how_to_use_it(browse_as, ben, address_of):
    assert "Make an address" in browse_as(ben).get(SETTINGS).content.decode()
    token = address_of(ben)
    page = browse_as(ben).get(SETTINGS).content.decode()

    assert "Make a new address" in page
    assert token not in page


def test_it_leaves_no_session_and_writes_nothing(client, asha, ben, address_of, as_owner):
    address = address_of(ben)
    as_owner.execute("select count(*) from django_session")
    before = as_owner.fetchone()
    answer = client.get(address)
    as_owner.execute("select count(*) from django_session")

    assert as_owner.fetchone() == before
    assert answer.cookies == {}


def test_nine_people_cost_as_many_queries_as_one(client, asha, ben, address_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = address_of(ben)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    one = cost()
    for _ in range(8):
        PersonFactory(line_manager=ben, station=ben.station)

    assert len(events(client, address)) == 9
    assert cost() == one
