"""What whoever keeps contact with somebody away is reminded of, what the person is told, and when nobody is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.actions import absences as actions
from mentoring.models import HalfPay
from tests.factories.people import PersonFactory
from tests.mentoring.away import away, chosen, days, paused, recorded
from tests.reminders.conftest import mail_server
from tests.reminders.outbox import reminders, send, shown_to, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import feed, working_days
from wellbeing.reminders.models import Reminder, at_hour
from wellbeing.web.identity import acting_as

__all__ = ["mail_server"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

FIRST, CONTACT, FAILS = "mentoring.first_contact", "mentoring.contact", "mentoring.contact_fails"
KEEPS, PAUSE, HALF_PAY = "mentoring.keeps_contact", "mentoring.pause_ends", "mentoring.half_pay"
OURS = (FIRST, CONTACT, FAILS, KEEPS, PAUSE, HALF_PAY)


def shown(person) -> list[str]:
    """What they are told about contact and pay; coming back has kinds of its own."""
    return sorted(one.kind for one in reminders(person=person, state="open") if one.kind in OURS)


def calendar_of(person) -> list:
    with acting_as(person):
        return [entry.day for entry in feed.entries_of(person) if entry.title == "keep in touch"]


@pytest.fixture
def a_day(time_machine):
    """`a_day(n)`: ten o'clock so many days after today."""
    start = timezone.localdate()

    def move(number: int) -> None:
        time_machine.move_to(at_hour(start + timedelta(days=number), 10))

    return move


def test_the_first_contact_is_told_from_day_8_until_day_28_and_is_late_after(asha, ben, a_day):
    away(asha, by=ben, first_day=0)
    told = {}
    for day in (6, 7, 20, 27, 28):
        a_day(day)
        sweep()
        told[day + 1] = [(one.step, one.due) for one in reminders(kind=FIRST, state="open")]

    last = timezone.localdate() - timedelta(days=1)
    assert told[7] == []
    assert [len(told[day]) for day in (8, 21, 28, 29)] == [1, 1, 1, 1]
    assert [due for _, due in told[28]] == [last]
    assert "The first contact with Asha Patel was due by" in shown_to(ben)[0]
    assert calendar_of(ben) == [last]


def test_a_contact_that_was_answered_ends_the_first_one_and_makes_the_next(browse_as, asha, ben, a_day):
    absence = away(asha, by=ben)
    sweep()
    assert shown(ben) == [FIRST]
    recorded(browse_as(ben), absence)
    assert shown(ben) == [], "at once"

    due = working_days.on_or_after(days(14))
    assert calendar_of(ben) == [due]
    a_day((due - timezone.localdate()).days)
    sweep()
    assert shown(ben) == [CONTACT]
    assert "Your next contact with Asha Patel is due on" in shown_to(ben)[0]


def test_no_answer_twice_is_said_until_somebody_answers(browse_as, asha, ben):
    absence = away(asha, by=ben)
    client = browse_as(ben)
    for number in (1, 2):
        recorded(client, absence, answered="no", despite_day="on")
        assert (FAILS in shown(ben)) is (number == 2)
    assert any("has not answered twice in a row" in sentence for sentence in shown_to(ben))
    assert FIRST in shown(ben), "the first contact is still to be made"
    recorded(client, absence, despite_day="on")
    assert shown(ben) == []


@pytest.mark.usefixtures("every_day_works")
def test_after_a_pause_and_after_another_choice_nothing_is_left_and_nothing_differs(
    browse_as, asha, ben, chidi, mail_server, a_day
):
    other = PersonFactory(known_as="Asha", last_name="Patel", line_manager=ben, station=asha.station)
    for person in (asha, other):
        away(person, by=ben)
    sweep()
    assert shown(ben) == [FIRST, FIRST]
    assert len(calendar_of(ben)) == 2
    paused(browse_as(asha), 7)
    chosen(browse_as(other), chidi)

    assert (shown(ben), shown_to(ben), calendar_of(ben)) == ([], [], [])
    sweep()
    with acting_as(ben):
        assert not Reminder.objects.exists(), "nor with a statement of one's own"
    assert shown(chidi) == [FIRST, KEEPS]
    a_day(1)
    send()
    assert ben.email not in [mail["To"] for mail in mail_server.received]


def test_after_a_pause_the_line_manager_is_reminded_again(browse_as, asha, ben, a_day):
    away(asha, by=ben)
    paused(browse_as(asha), 3)
    a_day(4)
    sweep()
    assert shown(ben) == [FIRST]


def test_somebody_is_told_three_days_before_their_pause_ends_and_nobody_else(browse_as, asha, ben, a_day):
    away(asha, by=ben)
    paused(browse_as(asha), 10)
    assert shown(asha) == []
    a_day(7)
    sweep()
    assert shown(asha) == [PAUSE]
    assert shown(ben) == []
    browse_as(asha).post("/my-plan/pause/end/")
    assert PAUSE not in shown(asha)


def test_half_pay_is_told_beforehand_to_the_person_alone(browse_as, asha, ben, hr, chidi, a_day):
    absence = away(asha, by=ben)
    with acting_as(hr):
        HalfPay.objects.create(absence=absence, subject=asha, starts=days(40))
    sweep()
    assert shown(asha) == [], "28 days beforehand"
    a_day(13)
    sweep()
    assert shown(asha) == [HALF_PAY]
    assert "you are on half pay from" in shown_to(asha)[0]
    assert "Half pay: HR has it from" in browse_as(asha).get("/my-plan/").content.decode()
    assert reminders(kind=HALF_PAY) == reminders(kind=HALF_PAY, person=asha)
    for person in (ben, chidi):
        with acting_as(person):
            assert not HalfPay.objects.exists()


@pytest.mark.usefixtures("every_day_works")
@pytest.mark.parametrize("end", ["back", "died"])
def test_nothing_is_told_once_somebody_is_back_or_has_died(browse_as, asha, ben, hr, chidi, end):
    absence = away(asha, by=ben)
    other = away(PersonFactory(line_manager=ben), by=ben)
    with acting_as(hr):
        HalfPay.objects.create(absence=absence, subject=asha, starts=days(9))
    chosen(browse_as(asha), chidi)
    paused(browse_as(asha), 3)
    sweep()
    assert shown(asha) == [HALF_PAY, PAUSE]
    assert shown(chidi) == [KEEPS]
    if end == "back":
        with acting_as(asha):
            values = {"first_day": days(-9), "expected_back": None, "back_on": days(0)}
            actions.change(by=asha, absence=absence, **values)
    else:
        with acting_as(hr):
            people.record_death(person=Person.objects.get(pk=asha.pk), by=hr, on=days(-1))
    sweep()

    assert (shown(asha), shown(chidi)) == ([], [])
    assert [one.about for one in reminders(kind=FIRST, state="open")] == [str(other.pk)]
    if end == "died":
        assert reminders(person=asha, state="open") == []
        assert "Asha" not in browse_as(ben).get("/mentoring/").content.decode()
        assert "Asha" not in browse_as(chidi).get("/mentoring/contacts/").content.decode()


def test_dates_that_hr_moves_move_what_is_told(asha, ben, hr):
    absence = away(asha, by=ben, first_day=-20)
    sweep()
    (before,) = reminders(kind=FIRST, state="open")
    with acting_as(hr):
        values = {"first_day": days(-10), "expected_back": None, "back_on": None}
        actions.change(by=hr, absence=absence, **values)
    sweep()
    (after,) = reminders(kind=FIRST, state="open")
    assert after.due - before.due == timedelta(days=10)
