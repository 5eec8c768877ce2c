"""Meetings: who plans, moves, cancels and holds them, who is invited, and whether enough strands are there."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from itertools import product
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum import tasks
from forum.actions import meetings as actions
from forum.actions import seats
from forum.models import Invitation, Meeting, MeetingState, Paper, Rhythm, Seat
from forum.queries import meetings as queries
from forum.series import days_of
from tests.databases import the_worker, undone
from tests.factories import forum
from tests.factories.people import PersonFactory
from tests.pages import text_of
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

EVERYBODY = ["asha", "ben", "champion", "spoc", "welfare_mentor", "hr", "coordinator", "lead", "guardian", "dpo"]
EVERYBODY += ["technical_admin", "superuser", "representative", "deputy", "former"]


@pytest.fixture
def planned(secretary, representative, deputy):
    return forum.meeting(by=secretary)


def asked(day: date, **more) -> dict:
    days = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    times = {"starts": "14:00", "ends": "16:00", "place": "Headquarters", "link": "", "chair": "", "rhythm": ""}
    return {"key": uuid.uuid4(), "title": "Wellbeing forum", **days, **times, "number": 1} | more


def plan(client, form: dict):
    shown = client.post("/forum/meetings/plan/", form)
    return client.post("/forum/meetings/plan/", form | {"shown": shown.context["form"]["shown"].value(), "sure": "y"})


def test_the_secretary_alone_keeps_meetings(answered_otherwise, planned):
    parts = ["change/", "cancel/", "hold/", "guests/", "papers/add/"]
    pages = ["/forum/meetings/plan/", *(f"/forum/meetings/{planned.pk}/{part}" for part in parts)]
    assert answered_otherwise(404, EVERYBODY, [*pages, f"post /forum/meetings/{planned.pk}/open/"]) == []


def test_anybody_reads_when_and_those_who_sit_there_where(browse_as, request, planned):
    read = {"14:00 to 16:00": set(), "Headquarters, room 2": set(), "Who is invited": set()}
    for who in EVERYBODY:
        page = text_of(browse_as(request.getfixturevalue(who)).get(f"/forum/meetings/{planned.pk}/"))
        for words, readers in read.items():
            readers |= {who} if words in page else set()
    sitting = {"representative", "deputy"}
    assert list(read.values()) == [set(EVERYBODY), sitting, sitting]


def test_the_days_of_a_series_are_shown_before_it_is_planned(browse_as, secretary, mid_morning):
    mid_morning()
    client, form = browse_as(secretary), asked(date(2027, 3, 9), rhythm=Rhythm.MONTH, number=3)
    page = client.post("/forum/meetings/plan/", form)
    assert "Tuesday 13 April 2027" in text_of(page)
    assert not Meeting.objects.exists()
    plan(client, form)
    assert [meeting.day for meeting in queries.to_come()] == [date(2027, 3, 9), date(2027, 4, 13), date(2027, 5, 11)]


def test_a_series_that_was_changed_after_its_days_were_shown_is_shown_again(browse_as, secretary, mid_morning):
    mid_morning()
    client, form = browse_as(secretary), asked(date(2027, 3, 9), rhythm=Rhythm.MONTH, number=3)
    shown = client.post("/forum/meetings/plan/", form).context["form"]["shown"].value()
    client.post("/forum/meetings/plan/", form | {"shown": shown, "sure": "y", "number": 9})
    assert not Meeting.objects.exists()


def test_pressed_twice_it_is_planned_once(browse_as, secretary, mid_morning):
    mid_morning()
    client, form = browse_as(secretary), asked(date(2027, 3, 9))
    plan(client, form)
    plan(client, form)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "rhythm", "days"),
    [
        (date(2027, 3, 30), Rhythm.MONTH, [date(2027, 3, 30), date(2027, 4, 27), date(2027, 5, 25)]),  # the fifth
        (
            date(2026, 11, 27),
            Rhythm.FOUR_WEEKS,
            [date(2026, 11, 27), date(2026, 12, 29), date(2027, 1, 22)],
        ),  # Christmas
        (date(2026, 12, 15), Rhythm.QUARTER, [date(2026, 12, 15), date(2027, 3, 16), date(2027, 6, 15)]),
        (
            date(2028, 1, 31),
            Rhythm.TWO_MONTHS,
            [date(2028, 1, 31), date(2028, 3, 27), date(2028, 5, 30)],
        ),  # bank holiday
    ],
)
def test_a_series_keeps_its_weekday_and_moves_off_days_that_nobody_works(first, rhythm, days):
    assert days_of(first, rhythm, 3) == days


def test_a_series_over_the_change_of_the_clock_begins_at_the_same_time(browse_as, secretary, mid_morning):
    mid_morning()
    plan(browse_as(secretary), asked(date(2027, 3, 16), rhythm=Rhythm.FOUR_WEEKS, number=2))
    assert {timezone.localtime(meeting.starts_at).hour for meeting in queries.to_come()} == {14}
    assert (
        len({meeting.starts_at.hour for meeting in queries.to_come()}) == 2
    )  # winter and summer, by the world's clock


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ends": "13:00"}, "The meeting ends after it begins."),
        ({"place": ""}, "Say where it is: a place, a link, or both."),
        ({"day_year": "2020"}, "Choose a time that is still to come."),
        ({"day_year": "0001"}, "Enter the year with four digits, for example 2026."),
        ({"starts": "two"}, "Enter a time, for example 09:30."),
        ({"rhythm": "month", "number": ""}, "Say how many meetings."),
        ({"link": "not a link"}, "Enter a valid URL."),
        ({"chair": "404404"}, "Nobody on the roster has this staff number."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_planned(browse_as, secretary, mid_morning, more, sentence):
    mid_morning()
    client, form = browse_as(secretary), asked(date(2027, 3, 9), **more)
    page = client.post("/forum/meetings/plan/", form)
    if "shown" in page.context["form"].data:
        page = plan(client, form)
    assert sentence in text_of(page)
    assert 'value="Wellbeing forum"' in page.content.decode()
    assert not Meeting.objects.exists()


def test_two_meetings_at_one_time_are_refused(browse_as, secretary, planned):
    page = plan(browse_as(secretary), asked(planned.day))
    assert "Another meeting stands at that time already." in text_of(page)


def test_a_series_is_moved_by_the_same_shift_from_one_meeting_on(browse_as, secretary, mid_morning):
    mid_morning()
    client = browse_as(secretary)
    plan(client, asked(date(2027, 3, 9), rhythm=Rhythm.FOUR_WEEKS, number=3))
    second = queries.to_come()[1]
    form = asked(second.day + timedelta(days=1), starts="10:00", ends="12:00", later="on")
    client.post(f"/forum/meetings/{second.pk}/change/", form)
    assert [meeting.day for meeting in queries.to_come()] == [date(2027, 3, 9), date(2027, 4, 7), date(2027, 5, 5)]
    assert [timezone.localtime(meeting.starts_at).hour for meeting in queries.to_come()] == [14, 10, 10]


# --- Who is invited ---------------------------------------------------------------------------------------


def test_whoever_sits_that_day_is_invited_and_reminded(planned, representative, deputy):
    assert set(forum.invited(planned)) == {representative.pk}  # the deputy is not needed
    with acting_as(representative):
        assert Reminder.objects.filter(kind="forum.invited").count() == 1


def test_with_a_representatives_apologies_the_deputy_is_invited(browse_as, planned, representative, deputy):
    browse_as(representative).post(f"/forum/meetings/{planned.pk}/answer/", {"answer": "apologies"})
    assert "You are invited, as your strand’s representative is not there" in text_of(
        browse_as(deputy).get(f"/forum/meetings/{planned.pk}/")
    )
    browse_as(representative).post(f"/forum/meetings/{planned.pk}/answer/", {"answer": "coming"})
    assert deputy.pk not in forum.invited(planned)


@pytest.mark.parametrize("who", ["asha", "deputy", "secretary", "superuser"])
def test_nobody_answers_who_is_not_invited(browse_as, request, planned, who):
    client = browse_as(request.getfixturevalue(who))
    assert client.post(f"/forum/meetings/{planned.pk}/answer/", {"answer": "coming"}).status_code == 404


def test_an_invitation_leads_its_own_person_alone_to_the_meeting(browse_as, planned, representative, asha):
    key = forum.invited(planned)[representative.pk].pk
    assert browse_as(representative).get(f"/forum/invitations/{key}/").url == planned.get_absolute_url()
    assert browse_as(asha).get(f"/forum/invitations/{key}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_new_representative_is_invited_and_one_whose_term_ends_no_longer(planned, secretary, representative):
    new = PersonFactory()
    with acting_as(secretary):
        forum.seat(new, forum.strand("HR"), by=secretary)
        term = Seat.objects.get(person=representative)
        seats.end_term(seat=term, last_day=timezone.localdate() - timedelta(days=1), by=secretary)
    with the_worker():
        tasks.keep_meetings()
    invited = forum.invited(planned)
    assert new.pk in invited
    assert representative.pk not in invited


def test_a_guest_is_invited_and_sees_where_but_no_agenda(browse_as, secretary, planned, asha):
    client = browse_as(secretary)
    client.post(f"/forum/meetings/{planned.pk}/guests/", {"person": asha.staff_number})
    again = client.post(f"/forum/meetings/{planned.pk}/guests/", {"person": asha.staff_number})
    assert "Asha Patel is invited already." in text_of(again)
    page = text_of(browse_as(asha).get(f"/forum/meetings/{planned.pk}/"))
    assert "Headquarters, room 2" in page
    assert "Papers" not in page
    client.post(f"/forum/invitations/{forum.invited(planned)[asha.pk].pk}/take-back/")
    assert asha.pk not in forum.invited(planned)


def moved_to(client, planned, **times):
    return client.post(f"/forum/meetings/{planned.pk}/change/", asked(planned.day, place=planned.place, **times))


def test_each_new_time_on_the_same_day_is_told_and_asks_anew(browse_as, secretary, planned, representative):
    browse_as(representative).post(f"/forum/meetings/{planned.pk}/answer/", {"answer": "coming"})
    moved_to(browse_as(secretary), planned, starts="10:00", ends="12:00")
    moved_to(browse_as(secretary), planned, starts="11:00", ends="12:00")
    with acting_as(representative):
        assert Reminder.objects.filter(kind="forum.changed").count() == 2
    assert forum.invited(planned)[representative.pk].answer == "waiting"


def test_apologies_stay_where_the_meeting_is_moved(browse_as, secretary, planned, representative, deputy):
    browse_as(representative).post(f"/forum/meetings/{planned.pk}/answer/", {"answer": "apologies"})
    moved_to(browse_as(secretary), planned, starts="10:00", ends="12:00")
    answers = {key: one.answer for key, one in forum.invited(planned).items()}
    assert answers == {representative.pk: "apologies", deputy.pk: "waiting"}


def test_a_change_that_moves_nothing_is_told_to_nobody(browse_as, secretary, planned, representative):
    moved_to(browse_as(secretary), planned)
    with acting_as(representative):
        assert not Reminder.objects.filter(kind="forum.changed").exists()


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_who_cancel_and_move_at_once_leave_one_of_both(secretary, representative):
    planned = forum.meeting(by=secretary)
    kept = {"title": planned.title, "place": planned.place, "link": "", "chair": None, "by": secretary}

    def after_the_others(action, **values):
        try:
            with acting_as(secretary):
                start.wait()
                action(meeting=planned, **values)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        moved = pool.submit(after_the_others, actions.change, day=planned.day, starts=time(10), ends=time(11), **kept)
        cancelled = pool.submit(after_the_others, actions.cancel, because="The heating has failed.", by=secretary)
    found = Meeting.objects.get(pk=planned.pk)
    assert cancelled.result() is None
    assert found.is_cancelled
    assert moved.result() == (None if found.sequence == 2 else "This meeting was held or cancelled already.")


# --- Its life ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_agenda_opens_by_itself_when_the_meeting_is_near(secretary, representative):
    far, near = forum.meeting(by=secretary, in_days=60), forum.meeting(by=secretary, in_days=20)
    with the_worker():
        tasks.keep_meetings()
    assert Meeting.objects.get(pk=near.pk).state == MeetingState.AGENDA_OPEN
    assert Meeting.objects.get(pk=far.pk).state == MeetingState.PLANNED


def test_who_came_is_written_after_the_meeting_and_the_quorum_is_said(browse_as, secretary, planned, representative):
    client, came = browse_as(secretary), forum.invited(planned)[representative.pk].pk
    early = client.post(f"/forum/meetings/{planned.pk}/hold/", {"came": [came]}, follow=True)
    assert "This meeting has not begun yet." in text_of(early)
    moved = timezone.now() - timedelta(days=1)
    forum.put(planned, starts_at=moved, ends_at=moved + timedelta(hours=2))
    held = client.post(f"/forum/meetings/{planned.pk}/hold/", {"came": [came]}, follow=True)
    assert "Saved: 1 of 1 strand; 1 is needed." in text_of(held)
    nobody = client.post(f"/forum/meetings/{planned.pk}/hold/", {"came": []}, follow=True)
    assert "That is no quorum" in text_of(nobody)
    assert Meeting.objects.get(pk=planned.pk).state == MeetingState.HELD


def test_the_quorum_counts_strands_and_not_people(secretary, representative, deputy):
    hr = PersonFactory()
    forum.seat(hr, forum.strand("HR"), by=secretary)
    met = forum.meeting(by=secretary)
    with acting_as(secretary):
        Invitation.objects.create(meeting=met, person=deputy, invited_as="deputy")
        forum.over(met, by=secretary, came=[representative, deputy])
        assert queries.attended(met) == queries.Quorum(there=1, of=2, needed=1)


ALLOWED = {
    "planned": {"open", "cancel", "hold"},
    "agenda_open": {"cancel", "hold"},
    "held": {"hold"},
    "published": set(),
    "cancelled": set(),
}
LEADS_TO = {"open": "agenda_open", "cancel": "cancelled", "hold": "held"}


def test_a_meeting_moves_on_by_its_secretary_and_in_order(browse_as, request, planned):
    begun, wrong = timezone.now() - timedelta(hours=1), []
    for who in ("secretary", "representative", "superuser"):
        client = browse_as(request.getfixturevalue(who))
        for state, move in product(ALLOWED, LEADS_TO):
            with undone():
                values = {"state": state, "starts_at": begun, "ends_at": begun + timedelta(hours=2)}
                values |= {"published_at": begun, "edition": 1} if state == "published" else {}
                forum.put(planned, **values)
                client.post(f"/forum/meetings/{planned.pk}/{move}/", {"because": "The heating has failed."})
                may, now = who == "secretary" and move in ALLOWED[state], Meeting.objects.get(pk=planned.pk).state
                wrong += [(who, state, move, now)] if now != (LEADS_TO[move] if may else state) else []
    assert wrong == []


def test_a_meeting_that_is_over_is_changed_no_longer(answered_otherwise, planned):
    for state in ("held", "cancelled"):
        forum.put(planned, state=state)
        pages = [f"/forum/meetings/{planned.pk}/{part}" for part in ("change/", "guests/")]
        assert answered_otherwise(404, ["secretary"], pages) == [], state


def test_a_cancelled_meeting_says_why_and_the_invited_are_told(browse_as, secretary, planned, representative, asha):
    browse_as(secretary).post(f"/forum/meetings/{planned.pk}/cancel/", {"because": "The heating has failed."})
    assert "This meeting was cancelled: The heating has failed." in text_of(
        browse_as(asha).get(f"/forum/meetings/{planned.pk}/")
    )
    with acting_as(representative):
        assert Reminder.objects.filter(kind="forum.cancelled").count() == 1
    twice = browse_as(secretary).post(f"/forum/meetings/{planned.pk}/cancel/", {"because": "Again."}, follow=True)
    assert "This meeting was held or cancelled already." in text_of(twice)


# --- Papers -----------------------------------------------------------------------------------------------


@pytest.fixture
def paper(browse_as, secretary, planned):
    form = {"key": uuid.uuid4(), "title": "Night canteen", "text": "## Costs\n<script>1</script>", "position": 1}
    browse_as(secretary).post(f"/forum/meetings/{planned.pk}/papers/add/", form)
    return form


def test_papers_are_read_by_those_who_sit_at_the_forum(answered_otherwise, browse_as, representative, paper):
    page, sitting = f"/forum/papers/{paper['key']}/", {"representative", "deputy", "secretary"}
    assert answered_otherwise(404, sorted({*EVERYBODY} - sitting), [page]) == []
    assert answered_otherwise(200, sorted(sitting), [page]) == []
    shown = browse_as(representative).get(page).content.decode()
    assert "<h2" in shown
    assert "&lt;script&gt;" in shown


def test_a_paper_is_shown_before_it_is_saved_and_deleted_again(browse_as, secretary, planned, paper):
    client = browse_as(secretary)
    page = client.post(f"/forum/papers/{paper['key']}/change/", paper | {"text": "Other words", "preview": "1"})
    assert "Nothing is saved yet." in text_of(page)
    with acting_as(secretary):
        assert planned.papers.get().text == "## Costs\n<script>1</script>"
    client.post(f"/forum/papers/{paper['key']}/delete/")
    assert "There are no papers yet." in text_of(client.get(f"/forum/meetings/{planned.pk}/"))


def test_the_database_itself_shows_papers_to_nobody_else(request, paper):
    for who in ("asha", "hr", "lead", "former", "superuser"):
        with acting_as(request.getfixturevalue(who)):
            assert not Paper.objects.exists(), who


def test_a_meetings_page_asks_the_same_number_of_questions(browse_as, secretary, django_assert_num_queries, planned):
    client = browse_as(secretary)
    client.get(planned.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(planned.get_absolute_url())
    for name in ("HR", "Mentors"):
        person = PersonFactory()
        forum.seat(person, forum.strand(name), by=secretary)
        with acting_as(secretary):
            Invitation.objects.create(meeting=planned, person=person, invited_as="representative")
    with django_assert_num_queries(len(one)):
        client.get(planned.get_absolute_url())


def test_the_reason_of_a_cancelling_names_nobody(browse_as, secretary, ben):
    found = forum.meeting(by=secretary)
    page = browse_as(secretary).post(f"{found.get_absolute_url()}cancel/", {"because": "Ben Okafor is in hospital."})
    assert "it looks personal: “Ben Okafor”, “in hospital”. Say it without." in text_of(page)
    found.refresh_from_db()
    assert not found.is_cancelled
