"""Who is told of an emergency: at once, with what was asked or answered, and by mail that waits for no morning."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.databases import manage
from tests.factories.people import PersonFactory
from tests.reminders.conftest import mail_server
from tests.reminders.outbox import send, shown_to, sweep
from wellbeing.break_glass import actions
from wellbeing.confidential.models import BreakGlass
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import actions as reminders
from wellbeing.reminders import kinds, working_days
from wellbeing.reminders.models import Reminder, at_hour
from wellbeing.web.identity import acting_as

__all__ = ["mail_server"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def told(as_owner):
    """`told()`: who has been told of what by now."""

    def now() -> set[tuple]:
        as_owner.execute("select kind, person_id from reminders_reminder where state <> 'lapsed'")
        return set(as_owner.fetchall())

    return now


def ask(lead, subject, **more) -> BreakGlass:
    key = uuid.uuid4()
    with acting_as(lead):
        actions.ask(by=lead, key=key, subject=subject, reason="A life is at stake", **more)
    return BreakGlass(pk=key)


def answer(guardian, asked, **more) -> None:
    with acting_as(guardian):
        actions.answer(by=guardian, asked=asked, **more)


def test_the_guardian_is_told_that_something_waits_then_the_person_and_the_dpo(asha, lead, guardian, dpo, told):
    asked = ask(lead, asha)
    assert told() == {("break_glass.waiting", guardian.pk)}
    answer(guardian, asked, approve=True)
    assert told() == {answered(lead), ("break_glass.opened", asha.pk), ("break_glass.review", dpo.pk)}


def test_what_was_turned_down_is_told_to_nobody_but_the_lead(asha, lead, guardian, dpo, told):
    answer(guardian, ask(lead, asha), approve=False)
    assert told() == {answered(lead)}


def answered(lead) -> tuple:
    return ("break_glass.answered", lead.pk)


def test_the_person_is_told_later_where_that_was_approved(asha, lead, guardian, dpo, told, as_owner):
    asked = ask(lead, asha, delay="life", delay_until=timezone.localdate() + timedelta(days=7))
    answer(guardian, asked, approve=True, delay=True)
    assert told() == {answered(lead), ("break_glass.review", dpo.pk)}
    as_owner.execute("update confidential_breakglass set told_from = now()")  # the day has come
    manage("sweep_reminders", DB_LOGIN="worker")
    assert ("break_glass.opened", asha.pk) in told()


def next_three_o_clock() -> datetime:
    """Less than a day ahead: an emergency asked for further ahead of the database's clock has expired for it."""
    tonight = at_hour(timezone.localdate(), 3)
    return tonight if tonight > timezone.now() else at_hour(timezone.localdate() + timedelta(days=1), 3)


def test_the_mail_goes_at_once_in_the_night_also_to_whoever_wants_none(lead, guardian, asha, mail_server, time_machine):
    with acting_as(guardian):
        reminders.switch_mail_off(by=guardian)
    time_machine.move_to(next_three_o_clock())
    ask(lead, asha)
    send()

    assert [mail["To"] for mail in mail_server.received] == [guardian.email]
    assert "List-Unsubscribe" not in mail_server.received[0], "it cannot be switched off"


@pytest.mark.parametrize("name", ["waiting", "answered", "opened", "review"])
def test_no_day_off_holds_an_emergency_back(name):
    christmas = date(2026, 12, 25)

    assert kinds.named(f"break_glass.{name}").told_until(christmas, working_days.is_working_day) == christmas


def test_a_sweep_makes_no_second_one(lead, guardian, asha, mail_server):
    ask(lead, asha)
    send()
    sweep()
    send()

    assert len(mail_server.received) == 1


def test_neither_the_sentence_nor_the_mail_of_an_emergency_names_anybody(lead, guardian, asha, mail_server):
    ask(lead, asha)
    send()

    (sentence,) = shown_to(guardian)
    for text in (sentence, mail_server.received[0].as_string()):
        assert asha.last_name not in text


def test_where_one_guardian_has_paused_all_mail_another_is_asked(lead, guardian, hr, asha, station, mail_server):
    second = PersonFactory(known_as="Gita", station=station)
    proposed = people.propose_role(person=second, role="guardian", by=hr, starts=timezone.localdate())
    people.approve_role(assignment=proposed, by=lead)
    with acting_as(guardian):
        reminders.set_paused(by=guardian, paused=True)
    ask(lead, asha)
    sweep()
    send()

    assert [mail["To"] for mail in mail_server.received] == [second.email]
    assert (len(shown_to(guardian)), len(shown_to(second))) == (0, 1)


def test_the_dpo_is_not_told_of_what_is_kept_from_them(lead, guardian, dpo, told):
    asked = ask(lead, dpo, delay="life", delay_until=timezone.localdate() + timedelta(days=7))
    answer(guardian, asked, approve=True, delay=True)

    assert told() == {answered(lead)}


def test_nobody_is_asked_any_longer_about_somebody_who_has_died(lead, guardian, asha, hr, told):
    ask(lead, asha)
    with acting_as(hr):
        people.record_death(person=Person.objects.get(pk=asha.pk), by=hr, on=timezone.localdate())

    assert told() == set()


def test_what_the_guardian_has_to_answer_stays_on_their_list_until_they_do(lead, guardian, asha, browse_as):
    asked = ask(lead, asha)
    with acting_as(guardian):
        key = Reminder.objects.get().pk
    client = browse_as(guardian)
    page = client.get("/reminders/").content.decode()
    assert "This stays on your list until it is answered." in page
    assert "Take off my list" not in page
    assert client.post(f"/reminders/{key}/put-away/").status_code == 404

    answer(guardian, asked, approve=False)
    assert shown_to(guardian) == []


def test_an_urgent_mail_says_that_it_is_and_no_more(lead, guardian, asha, mail_server):
    ask(lead, asha)
    send()

    mail = mail_server.received[0]
    assert mail["Subject"] == "Please look in the portal now"
    assert "Something waits for you in the wellbeing portal." in mail.get_body(("plain",)).get_content()
    assert "emergenc" not in mail.as_string().lower()
