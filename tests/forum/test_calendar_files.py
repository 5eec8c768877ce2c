"""A meeting's calendar file: created, moved and cancelled, as a calendar program takes it in."""

from datetime import date, time
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from forum.actions import meetings as actions
from tests.databases import the_worker
from tests.factories import forum
from wellbeing.reminders import sending
from wellbeing.web.identity import acting_as


@pytest.fixture
def planned(secretary, representative, mid_morning):
    mid_morning()
    with acting_as(secretary):
        return forum.meeting(by=secretary, place="Headquarters, room 2")


@pytest.fixture
def file_of(browse_as, representative, planned):
    """`file_of()`: what a representative gets who puts the meeting into a calendar."""
    return lambda: browse_as(representative).get(f"/forum/meetings/{planned.pk}.ics").content


def event(content: bytes):
    calendar = Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")[0]


def move(planned, by, *, day: date, starts: time, ends: time) -> None:
    kept = {"title": planned.title, "place": planned.place, "link": "", "chair": None}
    with acting_as(by):
        actions.change(meeting=planned, day=day, starts=starts, ends=ends, by=by, **kept)


def test_an_invitation_is_for_one_person_alone(planned, file_of, representative, deputy):
    calendar, said = event(file_of())
    assert calendar["method"] == "REQUEST"
    assert str(said["attendee"]) == f"mailto:{representative.email}"
    assert said["attendee"].params["partstat"] == "NEEDS-ACTION"
    assert deputy.email.encode() not in file_of()
    assert str(said["location"]) == "Headquarters, room 2"


def test_a_colleague_gets_the_day_without_the_place(browse_as, planned, asha):
    calendar, said = event(browse_as(asha).get(f"/forum/meetings/{planned.pk}.ics").content)
    assert calendar["method"] == "PUBLISH"
    assert "location" not in said
    assert "attendee" not in said


def test_a_cancelled_meeting_leaves_a_colleagues_calendar_too(browse_as, planned, asha, secretary):
    with acting_as(secretary):
        actions.cancel(meeting=planned, because="The heating has failed.", by=secretary)
    calendar, said = event(browse_as(asha).get(f"/forum/meetings/{planned.pk}.ics").content)
    assert (calendar["method"], said["status"], said["sequence"]) == ("CANCEL", "CANCELLED", 1)


def test_each_change_that_calendars_must_learn_of_has_the_next_number(planned, file_of, secretary):
    before, first = event(file_of())
    move(planned, secretary, day=planned.day, starts=time(10), ends=time(12))
    after, second = event(file_of())
    assert (first["uid"], first["sequence"]) == (second["uid"], 0)
    assert (before["method"], after["method"], second["sequence"]) == ("REQUEST", "REQUEST", 1)
    with acting_as(secretary):
        actions.cancel(meeting=planned, because="The heating has failed.", by=secretary)
    cancelled, third = event(file_of())
    assert (cancelled["method"], third["status"], third["sequence"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize("day", [date(2027, 1, 12), date(2027, 7, 13)])
def test_a_calendar_program_follows_a_meeting_through_move_and_cancelling(
    calendar_program, planned, file_of, secretary, day
):
    """In winter and in summer. khal takes an update as the same entry by its UID. It stores what it is given and marks
    a cancelled entry as such; it does not take it away by itself, which programs with mailboxes do."""
    move(planned, secretary, day=day, starts=time(14), ends=time(16))
    seen = ("list", "--format", "{start} {end} {title} {status}", "2026-11-01", "400d")
    calendar_program("import", "--batch", content=file_of())
    assert f"{day} 14:00 {day} 16:00 Wellbeing forum" in calendar_program(*seen)
    move(planned, secretary, day=day, starts=time(10), ends=time(11))
    calendar_program("import", "--batch", content=file_of())
    moved = calendar_program(*seen)
    assert f"{day} 10:00 {day} 11:00 Wellbeing forum" in moved
    assert moved.count("Wellbeing forum") == 1
    with acting_as(secretary):
        actions.cancel(meeting=planned, because="The heating has failed.", by=secretary)
    calendar_program("import", "--batch", content=file_of())
    gone = calendar_program(*seen)
    assert gone.count("Wellbeing forum") == 1
    assert "CANCELLED" in gone


@pytest.mark.django_db(transaction=True)
def test_the_mail_of_an_invitation_carries_the_file_and_no_word_of_it(secretary, representative, mailoutbox, as_owner):
    with acting_as(secretary):
        forum.meeting(by=secretary, place="Headquarters, room 2")
    as_owner.execute("update reminders_reminder set tell_from = '2000-01-01'")
    with the_worker():
        sending.send_due()
    (sent,) = [mail for mail in mailoutbox if mail.to == [representative.email]]
    parts = list(message_from_bytes(sent.message().as_bytes(), policy=policy.default).walk())
    (calendar,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert str(event(calendar.get_content().encode())[1]["location"]) == "Headquarters, room 2"
    assert "Headquarters" not in sent.body
    assert "forum" not in sent.body.lower()
