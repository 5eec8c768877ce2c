"""A request is its two people's: with raw SQL too, in every table beside, and after four weeks nobody's at all."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest
import redis
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.contact.asking import ANSWERS, ask_page, asked, page_of
from tests.databases import as_superuser, the_worker
from tests.reminders.outbox import send, shown_to, sweep
from wellbeing.celery import app
from wellbeing.contact import sealing, tasks, volunteers
from wellbeing.contact.actions import blocks, requests
from wellbeing.contact.models import ContactRequest
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
SECRETS = ("07700 900555", "I cannot sleep.", "after six")
EVERYBODY_ELSE = ("ben", "chidi", "champion", "hr", "coordinator", "secretary", "lead", "guardian", "dpo",
                  "technical_admin", "superuser", "welfare_mentor")  # fmt: skip
PAGES = ("", "in-touch/", "cannot/", "delete/", "block/", "report/")
TWICE_IS_ONCE = ("cannot/", "delete/", "block/")
FIELDS = ", ".join(field.attname for field in ContactRequest._meta.concrete_fields)
TABLES = ("contact_request", "contact_block", "contact_report")


def truth(sql: str, *values) -> list[tuple]:
    """What truly stands there, past every policy."""
    with as_superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def seen_by(person, sql: str) -> list[tuple]:
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def monday(time_machine) -> None:
    """It is a Monday, before anybody of the cast is there."""
    time_machine.move_to(MONDAY)


def told(person) -> list[str]:
    """What stands on their list, but for what a SPOC is told of their own profile."""
    return [sentence for sentence in shown_to(person) if "profile" not in sentence]


@pytest.fixture
def key(browse_as, asha, spoc) -> str:
    """Asha's request to Sasha."""
    return asked(browse_as(asha), spoc.spoc)


def test_nobody_but_the_two_finds_a_page_of_it_or_a_row(browse_as, key, asha, spoc, request):
    for who in EVERYBODY_ELSE:
        stranger = request.getfixturevalue(who)
        client = browse_as(stranger)
        for page in PAGES if who in ("ben", "hr", "superuser") else ("", "delete/"):
            refused, unknown = client.post(page_of(key) + page), client.post(page_of(uuid4()) + page)
            if page in TWICE_IS_ONCE:  # as for a key that nothing has: it proves nothing
                assert refused["Location"] == unknown["Location"] == "/contact/", (who, page)
                continue
            assert refused.status_code == unknown.status_code == 404, (who, page)
        assert client.get(page_of(key)).status_code == 404, who
        assert "Asha" not in client.get("/contact/").content.decode(), who
        assert seen_by(stranger, "select * from contact_request") == [], who
    assert seen_by(None, "select * from contact_request") == []
    assert [len(seen_by(one, "select * from contact_request")) for one in (asha, spoc)] == [1, 1]
    assert truth("select state from contact_request") == [("open",)]


@pytest.mark.parametrize("step", TWICE_IS_ONCE)
def test_pressed_twice_it_leads_where_it_led_before(browse_as, key, spoc, step):
    client = browse_as(spoc)
    for _ in range(2):
        assert client.post(page_of(key) + step)["Location"] == "/contact/"
    assert "It is not here any longer." in client.get("/contact/").content.decode()
    assert client.get(f"{page_of(key)}{step}").status_code == 404


def test_whoever_asked_neither_answers_for_the_volunteer_nor_asks_in_anothers_name(browse_as, key, asha, chidi, spoc):
    for form in ("in-touch/", "cannot/"):
        browse_as(asha).post(page_of(key) + form)
    assert truth("select state from contact_request") == [("open",)]
    update = "update contact_request set state = 'in_touch', answered_at = now() returning 1"
    assert seen_by(asha, update) == seen_by(chidi, update) == []
    assert seen_by(chidi, "delete from contact_request returning 1") == []
    for wrong in ("asker_id = 0", "sealed = ''", "expires_at = now() + interval '1 year'"):
        with pytest.raises(DatabaseError):
            seen_by(spoc, f"update contact_request set {wrong} returning 1")
    copy = f"""insert into contact_request
        (id, asker_id, volunteer_id, kind, week_id, sealed, state, asked_at, expires_at)
        select gen_random_uuid(), {asha.pk}, {chidi.pk}, 'spoc', id, '', 'open', now(), now() from contact_weekkey"""
    with pytest.raises(DatabaseError, match="row-level security"):
        seen_by(chidi, copy)


def test_a_volunteer_reads_with_their_second_factor(client, key, spoc):
    client.force_login(spoc)
    assert client.get(page_of(key))["Location"] == "/account/second-factor/"
    listed = client.get("/contact/").content.decode()
    assert "Somebody would like to hear from you" in listed
    assert "Asha" not in listed


def test_nothing_that_was_typed_stands_anywhere_in_words(monday, browse_as, asha, spoc, mailoutbox, time_machine):
    """Every table, the sessions, the cache and the broker; half way, when it is sent, and when it is told."""
    client = browse_as(asha)
    client.post(ask_page(spoc.spoc), {**ANSWERS, "to": "check"})
    assert_nowhere(*SECRETS, "900555")
    key = asked(client, spoc.spoc)
    browse_as(spoc).get(page_of(key))
    time_machine.move_to(MONDAY + timedelta(days=1))  # the next morning's digest
    sweep()
    send()
    assert_nowhere(*SECRETS, "900555")
    mails = [str(mail.message()) for mail in mailoutbox]
    assert len(mails) == 1
    assert not [word for word in (*SECRETS, key, "Asha", "Patel", "contact", "hear from") if word in mails[0]]
    assert truth("select about_type from people_change where starts_with(about_type, 'contact')") == []
    assert truth("select count(*) from confidential_readlog") == [(0,)]


def assert_nowhere(*words: str) -> None:
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    for (table,) in truth("select tablename from pg_tables where schemaname = 'public' and tablename <> 'spocs_spoc'"):
        held += [str(row) for row in truth(f"select t::text from {table} t")]
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as valkey:
        held += [str(valkey.dump(name)) for name in valkey.keys("*")]
    assert not [text for text in held for word in words if word in text]


# --- Reminders ------------------------------------------------------------------------------------------


def test_the_volunteer_is_told_neutrally_and_again_after_two_days_and_the_asker_after_five(
    monday, browse_as, asha, spoc, time_machine
):
    """Asked on a Monday; five days on it is Saturday, and a reminder comes on the next working day."""
    key = asked(browse_as(asha), spoc.spoc)
    assert told(spoc) == ["Somebody would like to hear from you."]
    assert truth("select person_id, subject_id, about from reminders_reminder where kind = 'contact.asked'") == [
        (spoc.pk, None, key)
    ]
    shown = []
    for days in (1, 2, 5, 7):
        time_machine.move_to(MONDAY + timedelta(days=days))
        sweep()
        shown.append((days, told(spoc), told(asha)))
    still = ["Somebody would still like to hear from you."]
    pick = ["You may pick somebody else for something you asked for."]
    assert shown == [(1, still, []), (2, still, []), (5, still, []), (7, still, pick)]
    assert truth("select count(*) from reminders_reminder where kind = 'contact.asked'") == [(2,)]


def test_an_answer_ends_the_reminder_and_a_refusal_is_news(browse_as, key, asha, spoc):
    browse_as(spoc).post(f"{page_of(key)}cannot/")
    assert told(spoc) == []
    assert told(asha) == ["There is news about something you asked for."]
    browse_as(asha).post(f"{page_of(key)}delete/")
    assert truth("select count(*) from reminders_reminder where about = %s", key) == [(0,)]


def test_a_spoc_who_withdraws_is_reminded_of_nobody_and_whoever_waits_is_led_to_somebody_else(
    browse_as, key, asha, spoc, chidi
):
    answered = asked(browse_as(chidi), spoc.spoc)
    browse_as(spoc).post(f"{page_of(answered)}in-touch/")
    browse_as(spoc).post("/spocs/me/withdraw/")
    assert truth("select id::text, state from contact_request") == [(key, "cannot")]
    assert browse_as(spoc).get(page_of(key)).status_code == 404
    assert told(spoc) == []
    assert told(asha) == ["There is news about something you asked for."]


# --- After four weeks -----------------------------------------------------------------------------------


def test_after_28_days_the_worker_deletes_it_with_its_reminders_and_the_key_of_its_week(key, asha, time_machine):
    copy = truth(f"select {FIELDS} from contact_request")
    assert open_copy(copy) == ANSWERS
    tasks_as_worker()
    assert len(truth("select 1 from contact_request")) == 1
    time_machine.move_to(timezone.now() + timedelta(days=28, minutes=1))
    assert seen_by(asha, "select 1 from contact_request") == [(1,)]
    tasks_as_worker()
    assert truth("select * from contact_request") == []
    assert truth("select 1 from reminders_reminder where starts_with(kind, 'contact.')") == []
    time_machine.move_to(timezone.now() + timedelta(days=7))
    tasks_as_worker()
    assert truth("select * from contact_weekkey") == []
    assert open_copy(copy) is None


def test_the_worker_is_asked_to_delete_what_is_over_again_and_again():
    often = {entry["task"]: entry["schedule"].seconds for entry in app.conf.beat_schedule.values()}
    assert often[tasks.delete_what_is_over.name] <= timedelta(hours=1).total_seconds()


def tasks_as_worker() -> None:
    with the_worker():
        tasks.delete_what_is_over()


def open_copy(rows: list[tuple]) -> dict | None:
    """What a row says that was kept elsewhere, as in a backup."""
    return sealing.open_answers(ContactRequest(**dict(zip(FIELDS.split(", "), rows[0], strict=True))))


def test_a_request_that_is_over_shows_nowhere_before_the_worker_comes(browse_as, key, asha, spoc, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=28, minutes=1))
    assert browse_as(asha).get(page_of(key)).status_code == browse_as(spoc).get(page_of(key)).status_code == 404


def test_what_was_moved_to_another_row_does_not_open(browse_as, key, asha, chidi, spoc):
    other = asked(browse_as(chidi), spoc.spoc)
    moved = "update contact_request set sealed = (select sealed from contact_request where id = %s) where id = %s"
    truth(moved, key, other)
    assert "can no longer be opened" in browse_as(spoc).get(page_of(other)).content.decode()


def test_all_of_it_goes_with_its_people_by_the_databases_own_hand(db):
    ties = """select conrelid::regclass::text, confdeltype from pg_constraint
        where contype = 'f' and confrelid = 'people_person'::regclass and conrelid::regclass::text = any (%s)"""
    assert set(truth(ties, list(TABLES))) == {(table, "c") for table in TABLES}


# --- Two at once ----------------------------------------------------------------------------------------


def at_once(*acts) -> list:
    """Run these side by side, each with a connection of its own; returns what was refused."""
    start = Barrier(len(acts), timeout=10)

    def run(act):
        try:
            connection.ensure_connection()
            start.wait()
            act()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [refusal for done in [pool.submit(run, act) for act in acts] if (refusal := done.result(timeout=30))]


def test_two_windows_that_send_at_once_make_one_request(asha, spoc):
    volunteer = volunteers.of_person("spoc", spoc.pk)

    def ask(number):
        with acting_as(asha):
            requests.ask(by=asha, volunteer=volunteer, key=UUID(int=number), answers=ANSWERS)

    refused = at_once(*(lambda number=number: ask(number) for number in range(3)))
    assert len(refused) == 2
    assert truth("select count(*) from contact_request") == [(1,)]


def test_what_is_sent_while_its_volunteer_blocks_is_turned_down_or_refused(browse_as, asha, spoc, monkeypatch):
    """However far the sending has come: the row is written and not committed yet."""
    key, volunteer = asked(browse_as(asha), spoc.spoc), volunteers.of_person("spoc", spoc.pk)
    browse_as(spoc).post(f"{page_of(key)}in-touch/")
    written, blocked = Event(), Event()

    def wait_a_little(*_):
        written.set()
        blocked.wait(1)

    def ask():
        monkeypatch.setattr(requests, "refresh", wait_a_little)
        with acting_as(asha):
            requests.ask(by=asha, volunteer=volunteer, key=UUID(int=1), answers=ANSWERS)

    def block():
        written.wait(10)
        with acting_as(spoc):
            blocks.block(by=spoc, request=UUID(key))
        blocked.set()

    at_once(ask, block)
    assert truth("select count(*) from contact_block") == [(1,)]
    assert truth("select id, state from contact_request") == [(UUID(int=1), "cannot")]


def test_an_answer_and_a_deletion_at_once_leave_nothing_and_no_reminder(browse_as, asha, spoc):
    for _ in range(3):
        key = asked(browse_as(asha), spoc.spoc)

        def answer(key=key):
            with acting_as(spoc):
                requests.say_cannot(by=spoc, key=key)

        def delete(key=key):
            with acting_as(asha):
                requests.delete(by=asha, key=key)

        at_once(answer, delete)
        assert truth("select 1 from contact_request") == []
        assert truth("select 1 from reminders_reminder where about = %s", key) == []


@pytest.mark.parametrize("table", TABLES)
def test_the_worker_reads_nothing_that_is_sealed(table, key):
    with the_worker(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")
