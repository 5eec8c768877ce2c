"""Files to take along: a session for a calendar, a certificate that a screen reader can read."""

from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from tests.factories.people import the_force
from tests.factories.training import course, session_of
from tests.mentoring.test_passport_pdf import NO_FONT_HAS_THIS, tags_of, words_of
from tests.training.pages import of, text
from wellbeing.training.actions import completions, sessions
from wellbeing.training.models import Completion, Purpose
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


def entry_of(client, session):
    """The only entry of a session's calendar file."""
    answer = client.get(of(session, "training.ics"))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert {zone.tz_name for zone in calendar.timezones} == {"Europe/London"}
    (entry,) = calendar.events
    return entry


def test_a_calendar_follows_a_session_through_planning_moving_and_cancelling(browse_as, asha, coordinator, station):
    client = browse_as(asha)
    day = timezone.localdate() + timedelta(days=20)
    at = lambda hour: timezone.datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)  # noqa: E731
    listening = course("Listening; well, and long")
    session = sessions.plan(course=listening, by=None, station=station, room="Room 4", starts_at=at(10), ends_at=at(16))

    planned = entry_of(client, session)
    assert planned["summary"] == "Listening; well, and long"
    assert (planned["location"], planned["class"], planned["status"]) == ("Ashford, Room 4", "PRIVATE", "CONFIRMED")
    assert planned["url"].endswith(of(session))
    assert (planned.start, planned.end) == (at(10), at(16))
    assert planned["dtstart"].params["TZID"] == "Europe/London"

    with acting_as(coordinator):
        session = sessions.change(session=session, by=coordinator, starts_at=at(13), ends_at=at(15), room="Room 5")
    moved = entry_of(client, session)
    with acting_as(coordinator):
        session = sessions.change(session=session, by=coordinator, trainer="Dr Shah")  # a calendar need not know
        session = sessions.cancel(session=session, by=coordinator)
    cancelled = entry_of(client, session)
    assert (moved.start, moved["location"]) == (at(13), "Ashford, Room 5")
    assert cancelled["status"] == "CANCELLED"
    assert [entry["sequence"] for entry in (planned, moved, cancelled)] == [0, 1, 2]
    assert planned["uid"] == moved["uid"] == cancelled["uid"]


def test_an_event_stands_in_the_calendar_without_its_title_and_only_for_who_signs_in(client, browse_as, asha):
    session = session_of(course("Mindfulness roadshow", purpose=Purpose.EVENT))
    assert entry_of(browse_as(asha), session)["summary"] == "Wellbeing portal: event"
    assert b"Mindful" not in browse_as(asha).get(of(session, "training.ics")).content
    assert client.get(of(session, "training.ics")).status_code == 302


@pytest.fixture
def completion(asha, coordinator):
    the_force()
    must = course("Mental health #eval(1) *for* managers", valid_months=24, provider="Welfare and counselling service")
    on = timezone.localdate().replace(year=2025, month=3, day=3)
    with acting_as(coordinator):
        return completions.record(person=asha, course=must, completed_on=on, by=coordinator)


def test_the_certificate_says_who_what_taught_by_whom_and_until_when(browse_as, completion):
    answer = browse_as(completion.person).get(f"/training/certificates/{completion.pk}/certificate.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = PdfReader(BytesIO(answer.content))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata.title == "Certificate of Asha Patel: Mental health #eval(1) *for* managers"
    assert {"/Document", "/H1", "/P"} <= tags_of(root["/StructTreeRoot"])
    assert words_of(pdf).startswith(
        "Invented Police Certificate Asha Patel has completed Mental health #eval(1) *for* managers "
        "taught by Welfare and counselling service on 3 March 2025. It holds until 3 March 2027."
    )
    assert len(pdf.pages) == 1


def test_a_certificate_is_for_its_person_alone(request, browse_as, completion):
    address = f"/training/certificates/{completion.pk}/certificate.pdf"
    for who in ("coordinator", "hr", "lead", "ben", "superuser", "chidi"):
        assert browse_as(request.getfixturevalue(who)).get(address).status_code == 404, who


def test_where_it_cannot_be_made_the_page_says_the_same(browse_as, completion, coordinator):
    with acting_as(coordinator):
        strange = course(f"Strange {NO_FONT_HAS_THIS}")
        today = timezone.localdate()
        made = completions.record(person=completion.person, course=strange, completed_on=today, by=coordinator)
    client = browse_as(completion.person)
    answer = client.get(f"/training/certificates/{made.pk}/certificate.pdf")
    assert answer.url == "/training/mine/"
    assert "The PDF could not be made. Print this page instead" in text(client, answer.url)


def test_what_no_longer_holds_is_said(browse_as, completion, as_of_2028):
    said = text(browse_as(completion.person), "/training/mine/")
    assert "Held until Wednesday 3 March 2027" in said
    with acting_as(completion.person):
        assert not Completion.objects.holding().exists()


@pytest.fixture
def as_of_2028(completion, time_machine):
    time_machine.move_to(timezone.datetime(2028, 1, 12, 10, tzinfo=LONDON))
