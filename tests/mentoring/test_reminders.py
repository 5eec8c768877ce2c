"""What line managers and their people are reminded of, by the worker that sees keys and dates alone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.actions import schedules
from mentoring.queries import schedules as queries
from tests.factories.people import PersonFactory
from tests.mentoring.pages import hidden, logged
from tests.reminders.conftest import mail_server
from tests.reminders.outbox import reminders, send, shown_to, sweep
from wellbeing.people import actions
from wellbeing.people.models import Person
from wellbeing.reminders import working_days
from wellbeing.reminders.models import at_hour
from wellbeing.web.identity import acting_as

__all__ = ["mail_server"]
TUESDAY = 1

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def told(as_owner, every_day_works):
    """`told()`: the sweep runs; who has been told by now, and how often."""

    def look() -> list[int]:
        sweep()
        as_owner.execute("select person_id from reminders_reminder where kind = 'mentoring.new_line_manager'")
        return [key for (key,) in as_owner.fetchall()]

    return look


def give(hr, subject, manager) -> None:
    with acting_as(hr):
        actions.change_person(person=Person.objects.get(pk=subject.pk), by=hr, line_manager_id=manager.pk)


def test_a_first_line_manager_is_no_news(asha, ben, told):
    assert told() == []


def test_the_next_one_is_told_once(asha, ben, hr, chidi, told):
    give(hr, asha, PersonFactory(known_as="Nora"))
    assert told() == [asha.pk]
    assert told() == [asha.pk]


def test_one_who_was_it_for_a_minute_is_told_as_well(asha, ben, hr, told):
    give(hr, asha, PersonFactory(known_as="Nora"))
    give(hr, asha, ben)
    assert told() == [asha.pk, asha.pk]


def test_the_page_says_what_it_is_about(asha, ben, hr, told, browse_as):
    give(hr, asha, PersonFactory(known_as="Nora"))
    told()
    assert "Somebody else became your line manager here" in browse_as(asha).get("/reminders/").content.decode()


# --- 1-1s, what was agreed in them, what was written about them --------------------------------------

DUE, ACTION, COMMENT = "mentoring.one_to_one", "mentoring.action", "mentoring.comment"
CORRECTION = "mentoring.correction"


def due_in(days: int, *, subject, by, **values) -> None:
    schedule = {"every_weeks": None, "rests_until": None} | values
    with acting_as(by):
        schedules.set_schedule(by=by, subject=subject, next_due=timezone.localdate() + timedelta(days=days), **schedule)


def shown(person, kind=None) -> list[str]:
    return [one.kind for one in reminders(person=person, state="open") if kind in (None, one.kind)]


@pytest.fixture
def a_day(time_machine):
    """`a_day(0)`: ten o'clock on the next Tuesday that is a working day; `a_day(n)`: so many days after it."""
    first = timezone.localdate() + timedelta(days=1)
    while first.weekday() != TUESDAY or not working_days.is_working_day(first):
        first += timedelta(days=1)

    def move(days: int) -> None:
        time_machine.move_to(at_hour(first + timedelta(days=days), 10))

    move(0)
    return move


def test_a_manager_is_told_three_days_before_on_the_day_and_five_days_after(a_day, asha, ben):
    due_in(7, subject=asha, by=ben)
    told = {}
    for day in (0, 3, 6, 7, 13):  # Tuesday, Friday, Monday, Tuesday, Monday
        a_day(day)
        sweep()
        told[day] = [one.step for one in reminders(kind=DUE, state="open")]

    assert told == {0: [], 3: [], 6: [3], 7: [0], 13: [-5]}
    assert "was due on" in shown_to(ben)[0]
    assert asha.name in shown_to(ben)[0]


def test_a_catch_up_takes_the_reminder_away_in_the_same_moment(a_day, asha, ben):
    due_in(0, subject=asha, by=ben)
    assert shown(ben) == [DUE], "made with the schedule, without a sweep"
    with acting_as(ben):
        schedules.catch_up(by=ben, subject=asha, key=uuid.uuid4())

    assert shown(ben) == []


def test_a_date_that_is_moved_moves_the_reminder(a_day, asha, ben):
    due_in(0, subject=asha, by=ben)
    due_in(30, subject=asha, by=ben)
    assert shown(ben) == []

    a_day(28)
    sweep()
    assert shown(ben) == [DUE]


def test_nothing_is_due_while_somebody_rests(a_day, asha, ben):
    due_in(0, subject=asha, by=ben, rests_until=timezone.localdate() + timedelta(days=20))
    sweep()

    assert shown(ben) == []


def test_the_page_and_the_reminder_agree_on_the_day_where_none_was_set(a_day, asha, ben):
    a_day(42)
    sweep()
    (sentence,) = shown_to(ben)
    with acting_as(ben):
        (plan,) = queries.plans_for(ben)

    assert f"{plan.due:%A} {plan.due.day} {plan.due:%B}" in sentence


def test_a_new_manager_is_told_and_the_old_one_no_longer(a_day, asha, ben, hr):
    due_in(0, subject=asha, by=ben)
    nora = PersonFactory(known_as="Nora", station=asha.station)
    give(hr, asha, nora)
    assert shown(ben) == [], "at once"

    sweep()
    assert (shown(ben), shown(nora)) == ([], [DUE])
    assert reminders(person=nora)[0].told_at is None, "it is new to her"


def test_a_death_in_service_silences_what_their_manager_was_told_of_them(a_day, asha, ben, hr):
    due_in(0, subject=asha, by=ben)
    with acting_as(hr):
        actions.record_death(person=Person.objects.get(pk=asha.pk), by=hr, on=timezone.localdate() - timedelta(days=1))
    assert shown(ben) == []

    sweep()
    assert shown(ben) == []


def test_everybody_s_dates_changed_at_once_change_every_reminder(a_day, asha, ben):
    PersonFactory(line_manager=ben, station=ben.station)
    for subject in Person.objects.filter(line_manager=ben):
        due_in(0, subject=subject, by=ben)
    assert shown(ben) == [DUE, DUE]
    with acting_as(ben):
        schedules.set_all(by=ben, shift_days=21)

    assert shown(ben) == []


def a_written_1_1(browse_as, asha, ben, **agreed) -> str:
    return str(logged(browse_as(ben), asha, how="Tired", **agreed))


@pytest.mark.parametrize("owner", ["person", "manager"])
def test_whoever_agreed_to_do_something_is_told_and_once_it_is_done_no_longer(a_day, browse_as, asha, ben, owner):
    doer, other = (asha, ben) if owner == "person" else (ben, asha)
    a_written_1_1(browse_as, asha, ben, **agreed_to(owner))
    a_day(20)
    sweep()
    assert shown(doer, ACTION) == [ACTION]
    assert shown(other, ACTION) == []

    action = reminders(kind=ACTION)[0].about
    browse_as(asha).post(f"/mentoring/actions/{action}/done/")
    assert shown(doer, ACTION) == []


def agreed_to(owner: str) -> dict:
    """What a log says that is agreed, to be done in two weeks."""
    return {"what_1": "Ask about shifts", "who_1": owner, "when_1": "2"}


def test_a_manager_is_told_of_a_correction_asked_for_until_it_is_written(a_day, browse_as, asha, ben):
    record = a_written_1_1(browse_as, asha, ben)
    person, address = browse_as(asha), f"/mentoring/1-1s/{record}/"
    form = hidden(person.get(address), f"{address}ask/")
    person.post(f"{address}ask/", form | {"text": "It was the Tuesday"})
    assert shown(ben, CORRECTION) == [CORRECTION]
    assert f"about a 1-1 with {asha.name}" in shown_to(ben)[0]

    manager = browse_as(ben)
    form = hidden(manager.get(f"{address}correct/"), f"{address}correct/")
    manager.post(f"{address}correct/", form | {"how": "As she says"})
    assert shown(ben, CORRECTION) == []
    assert shown(asha, COMMENT) == [COMMENT], "there is something new to read"


def test_what_an_earlier_manager_agreed_to_is_not_told_to_the_new_one(a_day, browse_as, asha, ben, hr, as_owner):
    a_written_1_1(browse_as, asha, ben, **agreed_to("manager"))
    as_owner.execute("update mentoring_action set made_at = now()")  # the database's clock is not ahead
    nora = PersonFactory(known_as="Nora", station=asha.station)
    give(hr, asha, nora)
    a_day(20)
    sweep()

    assert shown(nora, ACTION) == []
    assert shown(ben, ACTION) == []


def test_somebody_is_told_that_a_1_1_of_theirs_was_written_up_until_they_comment(a_day, browse_as, asha, ben):
    record = a_written_1_1(browse_as, asha, ben)
    assert shown(asha) == [COMMENT], "with the 1-1, without a sweep"
    person = browse_as(asha)
    assert f'href="/mentoring/1-1s/{record}/"' in person.get("/reminders/").content.decode()

    page = person.get(f"/mentoring/1-1s/{record}/")
    form = hidden(page, f"/mentoring/1-1s/{record}/comment/")
    person.post(f"/mentoring/1-1s/{record}/comment/", form | {"text": "Thank you"})
    assert shown(asha) == []


def test_whoever_says_nothing_is_left_alone_after_four_weeks(a_day, browse_as, asha, ben):
    a_written_1_1(browse_as, asha, ben)
    a_day(35)
    sweep()

    assert shown(asha, COMMENT) == []


def test_a_1_1_without_text_asks_for_no_comment(a_day, asha, ben):
    due_in(0, subject=asha, by=ben)
    with acting_as(ben):
        schedules.catch_up(by=ben, subject=asha, key=uuid.uuid4())
    sweep()

    assert shown(asha) == []


def test_no_mail_of_these_names_anybody(a_day, browse_as, asha, ben, mail_server):
    a_written_1_1(browse_as, asha, ben)
    due_in(0, subject=asha, by=ben)
    sweep()
    a_day(1)
    send()

    assert sorted(mail["To"] for mail in mail_server.received) == sorted([asha.email, ben.email])
    for mail in mail_server.received:
        text = "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
        assert not any(word in text for word in ("Asha", "Patel", "Ben", "Okafor", "1-1"))
