"""The mail: that something waits, once, and never what; also where the mail server will not have it."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.databases import manage, the_worker
from tests.reminders.outbox import holding, reminders, send, shown_to, sweep, the_mail
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import actions, gathering, policy, sending, unsubscribing
from wellbeing.reminders.models import Mail, MailState
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

HEALTH_WORDS = ("refresher", "champion", "training", "mental", "sick", "absence", "stress", "suicide", "trauma")


@pytest.fixture
def one_waits(asha_is_due):
    sweep()


@pytest.fixture
def two_wait(mid_morning, asha, chidi, make_champion):
    for person in (asha, chidi):
        make_champion(person, refresher_in=30)
    sweep()


def later(time_machine, **by) -> None:
    time_machine.move_to(timezone.now() + timedelta(**by))


def mails() -> list[Mail]:
    with the_worker():
        return list(Mail.objects.order_by("attempts"))


def test_one_reminder_is_one_mail_to_one_person(one_waits, mail_server, asha):
    send()
    send()

    assert [mail["To"] for mail in mail_server.received] == [asha.email]
    assert the_mail().state == MailState.SENT
    assert the_mail().sent_at is not None


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
    assert mail["Message-ID"] == f"<{the_mail().pk}@{settings.PORTAL_HOST}>"


def test_the_same_reminder_is_also_in_the_portal_with_its_meaning(one_waits, mail_server, asha):
    send()

    assert "champion refresher" in shown_to(asha)[0]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("refuse", "SMTPDataError 550"), ("drop", "SMTPServerDisconnected"), ("stall", "SMTPServerDisconnected")],
)
def test_a_mail_that_failed_is_tried_again_after_a_pause(one_waits, mail_server, time_machine, trouble, words):
    mail_server.does = trouble
    send()
    assert (the_mail().state, the_mail().trouble) == (MailState.WAITING, words)
    tried = len(mail_server.received)
    send()
    assert len(mail_server.received) == tried, "not before the pause is over"

    mail_server.does = "accept"
    mail_server.received.clear()
    later(time_machine, minutes=2)
    send()

    assert len(mail_server.received) == 1
    assert (the_mail().state, the_mail().trouble) == (MailState.SENT, "")


def test_a_mail_server_that_is_not_there_loses_nothing(one_waits, mail_server, settings, time_machine):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send()
    settings.EMAIL_PORT = port
    later(time_machine, minutes=2)
    send()

    assert len(mail_server.received) == 1


def test_the_pauses_grow_and_after_the_last_attempt_it_is_given_up(one_waits, mail_server, time_machine):
    mail_server.does = "refuse"
    pauses = []
    send()
    while (mail := the_mail()).state == MailState.WAITING:
        pauses.append(round((mail.next_attempt_at - timezone.now()).total_seconds()))
        time_machine.move_to(mail.next_attempt_at + timedelta(seconds=1))
        send()

    assert the_mail().state == MailState.FAILED
    assert len(pauses) == len(sending.PAUSES) == the_mail().attempts - 1
    assert pauses == sorted(pauses)
    assert sum(pauses) > 3 * 24 * 60 * 60, "a mail server may be away for a weekend"


def test_a_mail_that_was_given_up_still_stands_in_the_portal(one_waits, asha, mail_server, as_owner):
    send()
    as_owner.execute("update reminders_mail set state = 'failed'")

    assert len(shown_to(asha)) == 1


def test_a_digest_that_arrives_clears_away_an_earlier_one_that_did_not(
    one_waits, mail_server, as_owner, mid_morning, asha
):
    send()
    as_owner.execute("update reminders_mail set state = 'failed', sent_at = null")
    mid_morning(days=34)
    sweep()
    send()

    assert sorted(mail.state for mail in mails() if mail.person_id == asha.pk) == ["dropped", "sent"]


def test_one_address_that_is_refused_holds_up_nobody_else(two_wait, mail_server):
    mail_server.does = "refuse"
    send()

    assert [mail.attempts for mail in mails()] == [1, 1]


def test_a_mail_that_cannot_even_be_written_holds_up_nobody_else(two_wait, mail_server, asha, chidi, monkeypatch):
    written = sending.message_for

    def for_all_but_asha(mail):
        if mail.person == asha:
            raise ValueError("no such address can be")
        return written(mail)

    monkeypatch.setattr(sending, "message_for", for_all_but_asha)
    send()

    assert [mail["To"] for mail in mail_server.received] == [chidi.email]
    assert sorted((mail.state, mail.trouble) for mail in mails()) == [("sent", ""), ("waiting", "ValueError")]


def test_a_mail_server_that_is_away_is_not_asked_for_each_mail(two_wait, mail_server, settings):
    settings.EMAIL_PORT = 1
    send()

    assert [mail.attempts for mail in mails()] == [0, 1]


def test_a_claim_that_nobody_finished_is_taken_up_again_under_the_same_message_id(one_waits, mail_server, time_machine):
    claimed = claim()
    send()
    assert mail_server.received == [], "another worker may still be at it"

    later(time_machine, minutes=6)
    send()

    assert str(claimed.pk) in mail_server.received[0]["Message-ID"]


def claim() -> Mail:
    with the_worker():
        gathering.gather()
        return sending.claim()


@pytest.mark.parametrize("days", [-3, 3])
def test_a_claim_is_taken_up_again_whatever_the_clock_did_meanwhile(one_waits, mail_server, time_machine, days):
    claim()
    later(time_machine, days=days)
    send()

    assert len(mail_server.received) == 1


def test_a_pause_that_a_wrong_clock_put_far_ahead_counts_as_over(one_waits, mail_server, as_owner):
    mail_server.does = "refuse"
    send()
    as_owner.execute("update reminders_mail set next_attempt_at = now() + interval '1 year'")
    mail_server.does = "accept"
    send()

    assert len(mail_server.received) == 1


def test_a_mail_that_kills_its_worker_every_time_is_given_up(one_waits, mail_server, time_machine):
    claim()
    for _ in sending.PAUSES:
        later(time_machine, minutes=6)
        with the_worker():
            sending.take_up_again()
            assert sending.claim()
    later(time_machine, minutes=6)
    send()

    assert the_mail().state == MailState.FAILED
    assert mail_server.received == []


def after_a_refusal(mail_server, time_machine, do) -> None:
    """The mail is refused once; then `do`; then it would be tried again."""
    mail_server.does = "refuse"
    send()
    mail_server.does = "accept"
    do()
    later(time_machine, minutes=2)
    send()


def test_somebody_who_left_since_is_not_written_to(one_waits, mail_server, asha, time_machine):
    gone = timezone.localdate() - timedelta(days=1)
    after_a_refusal(mail_server, time_machine, lambda: people.change_person(person=asha, by=None, left=gone))

    assert mail_server.received == []


def test_somebody_who_died_since_is_not_written_to(one_waits, mail_server, asha, hr, time_machine):
    died = timezone.localdate() - timedelta(days=1)
    after_a_refusal(mail_server, time_machine, lambda: people.record_death(person=asha, by=hr, on=died))

    assert mail_server.received == []
    assert the_mail().state == MailState.DROPPED


def put_away(person) -> None:
    with acting_as(person):
        actions.put_away(reminder=policy.shown_to(person).get(), by=person)


def test_what_was_put_away_before_it_was_sent_is_not_sent(one_waits, mail_server, asha):
    put_away(asha)
    send()

    assert mail_server.received == []


def test_what_was_put_away_between_two_attempts_is_not_sent(one_waits, mail_server, asha, time_machine):
    after_a_refusal(mail_server, time_machine, lambda: put_away(asha))

    assert mail_server.received == []
    assert the_mail().state == MailState.DROPPED


def test_a_pause_between_two_attempts_holds_the_mail_back_and_its_end_lets_it_go(
    one_waits, mail_server, asha, time_machine, mid_morning
):
    def paused(whether):
        with acting_as(asha):
            actions.set_paused(by=asha, paused=whether)

    after_a_refusal(mail_server, time_machine, lambda: paused(True))
    assert mail_server.received == []

    paused(False)
    mid_morning(days=7)
    send()
    assert len(mail_server.received) == 1


def test_while_the_broker_is_away_the_row_is_saved_at_once_and_goes_out_later(asha_is_due, mail_server):
    started = time.monotonic()
    manage("sweep_reminders", DB_LOGIN="worker", REDIS_URL="unix:///nonexistent/valkey.sock")
    assert time.monotonic() - started < 10
    assert [reminder.told_at for reminder in reminders()] == [None]

    send()

    assert len(mail_server.received) == 1


def test_what_is_urgent_goes_before_every_digest(two_wait, mail_server, as_owner, ben):
    with the_worker():
        gathering.gather()
    as_owner.execute(
        "insert into reminders_reminder (id, kind, about, person_id, due, step, state, made_at, tell_from)"
        " values (gen_random_uuid(), 'break_glass.review', 'x', %s, now(), 0, 'open', now(), now())",
        [ben.pk],
    )
    send()

    assert mail_server.received[0]["To"] == ben.email
    assert len(mail_server.received) == 3


def test_a_long_queue_is_left_to_be_gone_on_with(two_wait, mail_server):
    with the_worker():
        assert sending.send_due(for_seconds=0) == 0
        assert sending.send_due() == 2


def test_what_is_gathered_while_its_mail_is_being_claimed_waits_for_the_next_mail(one_waits, mail_server, as_owner):
    """Else it would be told in a mail that is dropped, and so never."""
    mail_server.does = "refuse"
    send()
    as_owner.execute("update reminders_reminder set told_at = null, mail_id = null")
    with holding("select from reminders_mail for update"), the_worker():
        gathering.gather()
    assert [reminder.told_at for reminder in reminders()] == [None]

    with the_worker():
        gathering.gather()
    assert reminders()[0].told_at is not None


def test_what_was_dropped_for_a_death_that_was_a_mistake_is_mailed_after_it(
    one_waits, mail_server, asha, hr, mid_morning
):
    mail_server.does = "refuse"
    send()
    mail_server.does = "accept"
    people.record_death(person=asha, by=hr, on=timezone.localdate() - timedelta(days=1))
    people.take_back_death(person=asha, by=hr)
    mid_morning(days=7)
    sweep()
    send()

    assert [mail["To"] for mail in mail_server.received] == [asha.email]


def test_what_a_clock_that_was_ahead_put_off_is_mailed_now(one_waits, mail_server, as_owner):
    as_owner.execute("update reminders_reminder set tell_from = now() + interval '300 days'")
    send()

    assert len(mail_server.received) == 1


def test_no_mail_goes_to_an_address_that_nobody_has_confirmed(one_waits, mail_server, asha, hr, as_owner):
    people.change_person(person=Person.objects.get(pk=asha.pk), by=hr, email="somebody@force.example")
    send()
    assert mail_server.received == []

    as_owner.execute("update people_person set identity_changed_at = null")
    send()
    assert [mail["To"] for mail in mail_server.received] == ["somebody@force.example"]


def test_the_link_to_switch_mail_off_ends_with_the_address_it_was_sent_to(asha):
    token = unsubscribing.address_for(asha).rstrip("/").rsplit("/", 1)[1]
    assert unsubscribing.person_of(token) == asha

    Person.objects.filter(pk=asha.pk).update(email="asha.new@force.example")
    assert unsubscribing.person_of(token) is None


def test_whatever_races_with_a_death_nothing_about_the_dead_is_shown_or_mailed(
    mid_morning, asha, ben, hr, mail_server, as_owner
):
    """As if a sweep had written the row at the very moment of the death."""
    people.record_death(person=asha, by=hr, on=timezone.localdate() - timedelta(days=1))
    as_owner.execute(
        "insert into reminders_reminder (id, kind, about, person_id, subject_id, due, step, state, made_at, tell_from)"
        " values (gen_random_uuid(), 'mentoring.one_to_one', 'x', %s, %s, now(), 0, 'open', now(), '2000-01-01')",
        [ben.pk, asha.pk],
    )
    send()

    assert mail_server.received == []
    assert shown_to(ben) == []
