"""The mail: that something waits, once, and never what; also where the mail server will not have it."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.databases import manage
from wellbeing.people import actions as people
from wellbeing.reminders import actions, queries, sending, tasks
from wellbeing.reminders.models import Reminder, State

pytestmark = pytest.mark.django_db(transaction=True)

HEALTH_WORDS = ("refresher", "champion", "training", "mental", "sick", "absence", "stress", "suicide", "trauma")


@pytest.fixture
def one_waits(asha_is_due):
    tasks.sweep.apply(throw=True)


def send() -> None:
    tasks.send_due.apply(throw=True)


def later(time_machine, **by) -> None:
    time_machine.move_to(timezone.now() + timedelta(**by))


def test_one_reminder_is_one_mail_to_one_person(one_waits, mail_server, asha, the_reminder):
    send()
    send()

    assert [mail["To"] for mail in mail_server.received] == [asha.email]
    assert the_reminder().state == State.SENT
    assert the_reminder().sent_at is not None


def test_the_mail_says_that_something_waits_and_never_what(one_waits, mail_server, asha, ben, settings):
    send()

    mail = mail_server.received[0]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert mail["Subject"] == "You have a reminder in the portal"
    for body in (text, html):
        assert f"{settings.PORTAL_URL}/reminders/" in body
        for word in (*HEALTH_WORDS, asha.last_name, ben.last_name, asha.station.name):
            assert word.lower() not in (str(mail["Subject"]) + body).lower()
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith(f"@{settings.PORTAL_HOST}>")


def test_the_same_reminder_is_also_in_the_portal_with_its_meaning(one_waits, mail_server, asha):
    send()

    assert "champion refresher" in queries.items_for(asha)[0].sentence


@pytest.mark.parametrize("trouble", ["refuse", "drop", "stall"])
def test_a_mail_that_failed_is_tried_again_after_a_pause(one_waits, mail_server, the_reminder, time_machine, trouble):
    mail_server.does = trouble
    send()
    assert the_reminder().state == State.WAITING
    tried = len(mail_server.received)
    send()
    assert len(mail_server.received) == tried, "not before the pause is over"

    mail_server.does = "accept"
    mail_server.received.clear()
    later(time_machine, minutes=2)
    send()

    assert len(mail_server.received) == 1
    assert the_reminder().state == State.SENT


def test_a_mail_server_that_is_not_there_loses_nothing(one_waits, mail_server, the_reminder, settings, time_machine):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send()
    settings.EMAIL_PORT = port
    later(time_machine, minutes=2)
    send()

    assert len(mail_server.received) == 1


def test_the_pauses_grow_and_after_the_last_attempt_it_is_given_up(one_waits, mail_server, the_reminder, time_machine):
    mail_server.does = "refuse"
    pauses = []
    while the_reminder().state == State.WAITING:
        send()
        reminder = the_reminder()
        if reminder.state == State.WAITING:
            pauses.append(round((reminder.next_attempt_at - timezone.now()).total_seconds()))
            time_machine.move_to(reminder.next_attempt_at + timedelta(seconds=1))

    assert the_reminder().state == State.FAILED
    assert len(pauses) == len(sending.PAUSES) == the_reminder().attempts - 1
    assert pauses == sorted(pauses)
    assert sum(pauses) > 3 * 24 * 60 * 60, "a mail server may be away for a weekend"


def test_a_mail_that_was_given_up_still_stands_in_the_portal(one_waits, asha):
    Reminder.objects.update(state=State.FAILED)

    assert queries.open_for(asha).count() == 1


def test_one_address_that_is_refused_holds_up_nobody_else(mail_server, asha, ben, make_champion):
    for person in (asha, ben):
        make_champion(person, refresher_in=30)
    tasks.sweep.apply(throw=True)
    mail_server.does = "refuse"
    send()

    assert set(Reminder.objects.values_list("attempts", flat=True)) == {1}


def test_a_mail_server_that_is_away_is_not_asked_for_each_row(mail_server, asha, ben, make_champion, settings):
    for person in (asha, ben):
        make_champion(person, refresher_in=30)
    tasks.sweep.apply(throw=True)
    settings.EMAIL_PORT = 1
    send()

    assert sorted(Reminder.objects.values_list("attempts", flat=True)) == [0, 1]


def test_a_claim_that_nobody_finished_is_taken_up_again_under_the_same_message_id(one_waits, mail_server, time_machine):
    claimed = sending.claim()
    send()
    assert mail_server.received == [], "another worker may still be at it"

    later(time_machine, minutes=6)
    send()

    assert str(claimed.message_id) in mail_server.received[0]["Message-ID"]


def test_a_reminder_that_kills_its_worker_every_time_is_given_up(one_waits, mail_server, the_reminder, time_machine):
    for _ in range(len(sending.PAUSES) + 1):
        sending.claim()
        later(time_machine, minutes=6)
    send()

    assert the_reminder().state == State.FAILED
    assert mail_server.received == []


def test_somebody_who_left_since_is_not_written_to(one_waits, mail_server, asha):
    people.change_person(person=asha, by=None, left=timezone.localdate())
    send()

    assert mail_server.received == []


def test_somebody_who_died_since_is_not_written_to(one_waits, mail_server, asha, hr):
    people.record_death(person=asha, by=hr, on=timezone.localdate())
    send()

    assert mail_server.received == []


def test_what_was_put_away_before_it_was_sent_is_not_sent(one_waits, mail_server, asha, the_reminder):
    actions.put_away(reminder=the_reminder(), by=asha)
    send()

    assert mail_server.received == []


def test_while_the_broker_is_away_the_row_is_saved_at_once_and_goes_out_later(asha_is_due, mail_server, the_reminder):
    started = time.monotonic()
    manage("sweep_reminders", REDIS_URL="unix:///nonexistent/valkey.sock")
    assert time.monotonic() - started < 10
    assert the_reminder().state == State.WAITING

    send()

    assert len(mail_server.received) == 1
