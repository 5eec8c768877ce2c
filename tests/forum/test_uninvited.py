"""Whoever is no longer invited to a meeting to come is told, and it leaves their calendar."""

from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from forum import tasks
from forum.actions import invitations, seats
from forum.actions import meetings as actions
from forum.models import Seat
from forum.queries import meetings as queries
from tests.databases import the_worker
from tests.factories import forum
from tests.factories.people import PersonFactory
from tests.pages import text_of
from wellbeing.reminders import sending
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as


@pytest.fixture
def planned(secretary, representative, deputy):
    return forum.meeting(by=secretary)


@pytest.fixture
def ask(browse_as, secretary, planned, asha):
    """`ask()` invites Asha as a guest, `ask(False)` takes it back."""

    def ask(comes: bool = True):
        client = browse_as(secretary)
        if comes:
            client.post(f"/forum/meetings/{planned.pk}/guests/", {"person": asha.staff_number})
        else:
            client.post(f"/forum/invitations/{forum.invited(planned)[asha.pk].pk}/take-back/")

    return ask


def methods_in(mails) -> dict[str, str]:
    """Who was mailed a calendar file, with its method."""
    found = {}
    for mail in mails:
        parts = message_from_bytes(mail.message().as_bytes(), policy=policy.default).walk()
        for part in parts:
            if part.get_content_type() == "text/calendar":
                found[mail.to[0]] = part.get_param("method")
    return found


@pytest.mark.django_db(transaction=True)
def test_each_who_is_invited_no_longer_is_mailed_a_cancelling(
    browse_as, secretary, representative, deputy, asha, station, mailoutbox
):
    ended, unseated, left, hidden, chair = (PersonFactory(station=station) for _ in range(5))
    for person, name in ((ended, "HR"), (unseated, "Mentors"), (left, "Champions"), (hidden, "SPOCs")):
        forum.seat(person, forum.strand(name), by=secretary)
    planned = forum.meeting(by=secretary, chair=chair)
    keeper, address = browse_as(secretary), planned.get_absolute_url()
    keeper.post(f"{address}guests/", {"person": asha.staff_number})
    for answer in ("apologies", "coming"):  # so that the deputy is needed, and then not
        browse_as(representative).post(f"{address}answer/", {"answer": answer})
    assert len(forum.invited(planned)) == 7
    keeper.post(f"/forum/invitations/{forum.invited(planned)[asha.pk].pk}/take-back/")
    kept = {"title": planned.title, "place": planned.place, "link": "", "day": planned.day, "chair": None}
    times = {"starts": timezone.localtime(planned.starts_at).time(), "ends": timezone.localtime(planned.ends_at).time()}
    with acting_as(secretary):
        actions.change(meeting=planned, by=secretary, **kept, **times)
        yesterday = timezone.localdate() - timedelta(days=1)
        seats.end_term(seat=Seat.objects.get(person=ended), last_day=yesterday, by=secretary)
        seats.retire_strand(strand=forum.strand("Mentors"), by=secretary)
    type(left).objects.filter(pk=left.pk).update(left=date(2020, 2, 1))
    type(hidden).objects.filter(pk=hidden.pk).update(hidden=True)
    with the_worker():
        tasks.keep_meetings()
        sending.send_due()
    assert methods_in(mailoutbox) == dict.fromkeys(
        (person.email for person in (deputy, asha, chair, ended, unseated)), "CANCEL"
    )
    assert not [mail for mail in mailoutbox if "forum" in mail.body.lower()]
    assert list(forum.invited(planned)) == [representative.pk]


def test_it_leaves_a_calendar_program_and_comes_back(calendar_program, browse_as, secretary, planned, asha, ask):
    address, seen = f"/forum/meetings/{planned.pk}.ics", ("list", "--format", "{title} {status}", "today", "60d")

    def imported():
        content = browse_as(asha).get(address).content
        calendar_program("import", "--batch", content=content)
        calendar = Calendar.from_ical(content)
        event = calendar.walk("VEVENT")[0]
        shown = calendar_program(*seen)
        assert shown.count("Wellbeing forum") == 1
        return str(calendar["method"]), event["sequence"], "CANCELLED" in shown, "location" in event

    ask()
    assert imported() == ("REQUEST", 0, False, True)
    ask(False)
    assert imported() == ("CANCEL", 1, True, False)
    ask()
    assert imported() == ("REQUEST", 2, False, True)
    with acting_as(secretary):
        actions.cancel(meeting=planned, because="The heating has failed.", by=secretary)
    assert imported() == ("CANCEL", 3, True, True)


def test_their_page_says_so_and_nobody_counts_them(browse_as, secretary, planned, asha, ask, representative):
    ask()
    client, address = browse_as(asha), planned.get_absolute_url()
    client.post(f"{address}answer/", {"answer": "coming"})
    key = forum.invited(planned)[asha.pk].pk
    ask(False)
    page = text_of(client.get(f"/forum/invitations/{key}/", follow=True))
    assert "You are no longer invited to this meeting." in page
    assert "Take it out of your calendar (.ics)" in page
    assert "Headquarters" not in page
    assert client.post(f"{address}answer/", {"answer": "coming"}).status_code == 404
    assert "Asha Patel" not in text_of(browse_as(secretary).get(address))
    with acting_as(secretary):
        assert [one.name for one in queries.invited(planned)] == [representative.name]
    with acting_as(asha):
        assert not queries.invitations_of(asha).exists()


def open_kinds(person) -> set[str]:
    with acting_as(person):
        return set(Reminder.objects.filter(person=person, state="open").values_list("kind", flat=True))


def test_invited_again_or_the_meeting_over_they_are_not_told_of_it_any_longer(secretary, planned, asha, ask, as_owner):
    for _ in range(2):  # also on the same day
        ask()
        assert open_kinds(asha) == {"forum.invited"}
        ask(False)
        assert open_kinds(asha) == {"forum.uninvited"}
    with acting_as(asha):
        assert Reminder.objects.filter(kind="forum.uninvited", state="open").count() == 1
    with acting_as(secretary):
        actions.cancel(meeting=planned, because="The heating has failed.", by=secretary)
    assert open_kinds(asha) == {"forum.uninvited"}  # it stands in their calendar still
    put_back(planned, as_owner)
    with acting_as(secretary):
        actions.tell(planned)
    assert open_kinds(asha) == set()


def put_back(meeting, as_owner) -> None:
    """As if that meeting had ended an hour ago, and nobody had written who came."""
    as_owner.execute(
        "update forum_meeting set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' "
        "where id = %s",
        [meeting.pk],
    )


def test_a_term_that_ends_by_hand_closes_place_and_answer_at_once(browse_as, secretary, representative, planned):
    client, address = browse_as(representative), planned.get_absolute_url()
    assert "Headquarters" in text_of(client.get(address))
    with acting_as(secretary):
        yesterday = timezone.localdate() - timedelta(days=1)
        seats.end_term(seat=Seat.objects.get(person=representative), last_day=yesterday, by=secretary)
    assert "Headquarters" not in text_of(client.get(address))
    assert client.post(f"{address}answer/", {"answer": "coming"}).status_code == 404


def test_a_guest_stays_one_whatever_seat_they_have_meanwhile(secretary, planned, asha, ask):
    ask()
    term = forum.seat(asha, forum.strand("HR"), by=secretary)
    with acting_as(secretary):
        invitations.invite(meeting=planned, by=secretary)
        seats.end_term(seat=term, last_day=timezone.localdate() - timedelta(days=1), by=secretary)
    assert forum.invited(planned)[asha.pk].invited_as == "guest"


def test_who_is_invited_stays_as_it_was_once_the_meeting_is_over(secretary, planned, representative, as_owner):
    put_back(planned, as_owner)
    with acting_as(secretary):
        seats.retire_strand(strand=forum.strand(), by=secretary)
    assert list(forum.invited(planned)) == [representative.pk]


def test_a_page_opened_before_the_meeting_was_held_takes_nobody_away(secretary, planned, asha, ask, chidi):
    ask()
    stale = forum.invited(planned)[asha.pk]
    assert stale.meeting.is_to_come
    forum.over(planned, by=secretary, came=[asha])
    with acting_as(secretary), pytest.raises(ValidationError, match="who came stays"):
        invitations.take_back(invitation=stale, by=secretary)
    with acting_as(secretary), pytest.raises(ValidationError, match="held or cancelled"):
        invitations.invite_guest(meeting=stale.meeting, person=chidi, by=secretary)
    assert asha.pk in forum.invited(planned)


def test_a_quorum_stays_as_it_was_whatever_becomes_of_strand_and_person(secretary, planned, representative, asha):
    forum.seat(asha, forum.strand("HR"), by=secretary)
    with acting_as(secretary):
        invitations.invite(meeting=planned, by=secretary)
    forum.over(planned, by=secretary, came=[representative, asha])
    with acting_as(secretary):
        planned.refresh_from_db()
        before = queries.attended(planned)
        seats.retire_strand(strand=forum.strand("HR"), by=secretary)
        type(asha).objects.filter(pk=representative.pk).update(hidden=True)
        assert queries.attended(planned) == before
    assert (before.there, before.of) == (2, 2)
