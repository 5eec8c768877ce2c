"""Coming in from outside: what it takes, and what of it is not enough."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.databases import as_superuser
from wellbeing.people import actions as people
from wellbeing.plan_door import actions
from wellbeing.plan_door.actions.codes import ALL_CODES, CODES
from wellbeing.plan_door.models import PIN_TRIES, MailCode
from wellbeing.web import doors
from wellbeing.web.identity import acting_as

from .conftest import AT_HOME, PIN, asked_for, code_in, come_in, is_in, sent, set_up, text, try_letter

pytestmark = pytest.mark.django_db
COMMITTED = pytest.mark.django_db(transaction=True)


def row(sql: str, *values):
    """One row as nobody's policies show it."""
    with as_superuser(connections["default"].settings_dict["NAME"]) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def at_once(*calls) -> list:
    """What the calls return that run at the same moment, each on a connection of its own."""
    results, barrier = [None] * len(calls), threading.Barrier(len(calls))

    def run(number, call):
        barrier.wait()
        results[number] = call()
        connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def replay(waiting: dict) -> Client:
    """A browser whose session waits for a code that another one has asked for."""
    browser = Client()
    session = browser.session
    session["door_waits"] = waiting
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


# --- By a letter ------------------------------------------------------------------------------------


def test_a_letter_and_its_number_open_the_page_to_set_up_and_nothing_else(asha, print_letter, read_out):
    browser = Client()
    answer = try_letter(browser, asha, print_letter(asha).lower().replace("-", " "), read_out(asha))

    assert answer.headers["Location"] == "/my-plan/set-up/"
    for page in ("who-looked/", "start/", "my-entry/", "guidance/", "confirm/", "no-such-page/"):
        assert browser.get(f"/my-plan/{page}").headers["Location"] == "/my-plan/set-up/", page
    set_up(browser)
    assert is_in(browser)


def test_neither_the_letter_nor_the_number_lets_in_alone(asha, chidi, print_letter, read_out):
    letter, other, browser = print_letter(asha), print_letter(chidi), Client()
    assert "was not read out to you yet" in text(try_letter(browser, asha, letter, "00000000"))
    number = read_out(asha)

    for who, code, said in ((asha, other, number), (chidi, letter, number), (asha, "AAAA" * 5, number)):
        assert "That did not open" in text(try_letter(browser, who, code, said))
    assert not is_in(browser)
    assert try_letter(browser, asha, letter, number).status_code == 302


def test_a_letter_works_once(asha, outside, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    assert try_letter(Client(), asha, letter, number).status_code == 302

    assert "That did not open" in text(try_letter(Client(), asha, letter, number))


@COMMITTED
def test_of_two_uses_at_once_exactly_one_wins(asha, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)

    def use():
        return actions.use_letter(person=asha, code=letter, number=number)

    assert sorted(at_once(use, use, use)) == [False, False, True]


def test_a_newer_letter_voids_the_older_and_its_number(asha, print_letter, read_out):
    old, old_number = print_letter(asha), read_out(asha)
    new = print_letter(asha)

    assert try_letter(Client(), asha, old, old_number).status_code == 200
    assert try_letter(Client(), asha, new, old_number).status_code == 200
    assert try_letter(Client(), asha, new, read_out(asha)).status_code == 302


@COMMITTED
def test_a_letter_is_good_for_28_days(asha, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    with as_superuser(connections["default"].settings_dict["NAME"]) as cursor:
        cursor.execute("update plan_door_letter set expires_at = now() - interval '1 second'")

    assert try_letter(Client(), asha, letter, number).status_code == 200
    assert read_out(asha) is None


def test_whoever_holds_the_paper_and_guesses_the_number_voids_it(asha, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    for guess in range(5):
        try_letter(Client(), asha, letter, f"{guess:08}")

    assert try_letter(Client(), asha, letter, number).status_code == 200


def test_whoever_has_not_seen_the_letter_cannot_void_it(asha, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    for guess in range(8):
        try_letter(Client(), asha, "ABCD-" * 4 + f"XYZ{guess}", number)

    assert try_letter(Client(), asha, letter, number).status_code == 302


@COMMITTED
def test_a_letter_begins_anew_and_the_old_address_is_told(asha, outside, print_letter, read_out):
    browser = Client()
    try_letter(browser, asha, print_letter(asha), read_out(asha))

    assert not is_in(outside), "sessions from before have ended"
    told = {tuple(message.to) for message in sent() if "with a code from a letter" in message.body}
    assert told == {(asha.email,), (AT_HOME,)}
    Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})
    assert sent() == [], "no code goes to the address from before"


# --- By a code and the PIN --------------------------------------------------------------------------


def test_afterwards_a_code_by_mail_and_the_pin_let_in(outside, asha):
    outside.post("/my-plan/sign-out/")
    assert not is_in(outside)

    assert is_in(come_in(asha, browser=outside))


@COMMITTED
def test_the_mail_says_nothing_but_the_code(outside, asha):
    sent()
    Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})
    (message,) = sent()

    assert (message.to, message.subject) == ([AT_HOME], "Your code")
    assert not {"wellbeing", "plan", "sick", asha.name.lower()} & set(message.body.lower().split())


@pytest.mark.parametrize(("code", "pin"), [(None, "836195"), ("12345678", PIN), (None, ""), ("", PIN)])
def test_neither_the_mail_nor_the_pin_lets_in_alone(outside, asha, code, pin):
    browser = come_in(asha, code=code, pin=pin)

    assert not is_in(browser)


def test_which_of_the_two_was_wrong_is_not_said(outside, asha):
    pages = []
    for code, pin in ((None, "836195"), ("12345678", PIN), ("12345678", "836195")):
        browser = Client()
        browser.post("/my-plan/enter/", {"staff_number": asha.staff_number})
        answer = browser.post("/my-plan/enter/code/", {"code": code or asked_for(browser), "pin": pin})
        pages.append(text(answer))
        assert PIN not in answer.content.decode()
    assert len(set(pages)) == 1


def test_a_code_works_once_and_in_the_browser_that_asked_for_it(outside, asha):
    browser = Client()
    browser.post("/my-plan/enter/", {"staff_number": asha.staff_number})
    code, waiting = asked_for(browser), browser.session["door_waits"]
    assert not is_in(come_in(asha, code=code)), "another browser waits for another code"
    assert is_in(come_in(asha, browser=replay(waiting), code=code, ask=False))

    assert not is_in(come_in(asha, browser=replay(waiting), code=code, ask=False))


def test_after_three_tries_the_right_code_is_wrong(outside, asha):
    browser = Client()
    browser.post("/my-plan/enter/", {"staff_number": asha.staff_number})
    code = asked_for(browser)
    for _ in range(3):
        answer = browser.post("/my-plan/enter/code/", {"code": "12345678", "pin": PIN})
    assert "no longer opens" in text(answer)

    browser.post("/my-plan/enter/code/", {"code": code, "pin": PIN})
    assert not is_in(browser)


def test_after_ten_minutes_too(outside, asha):
    browser = Client()
    browser.post("/my-plan/enter/", {"staff_number": asha.staff_number})
    code = asked_for(browser)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        browser.post("/my-plan/enter/code/", {"code": code, "pin": PIN})
        assert not is_in(browser)


@COMMITTED
def test_of_two_uses_of_a_mailed_code_exactly_one_wins(outside, asha):
    key = actions.send_code(person=asha)
    code = code_in(sent())

    def use():
        return actions.take_code(person=asha, key=key, typed=code, pin=PIN) is not None

    assert sorted(at_once(use, use)) == [False, True]


@COMMITTED
def test_five_wrong_pins_in_all_sessions_together_lock_it_and_are_told(outside, asha):
    for _ in range(PIN_TRIES):
        come_in(asha, pin="836195")

    told = [message for message in sent() if "It is locked" in message.body]
    assert {tuple(message.to) for message in told} == {(asha.email,), (AT_HOME,)}
    assert not is_in(outside), "whoever was in is out"
    Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})
    assert sent() == [], "while it is locked no code is sent"


@COMMITTED
def test_guesses_at_the_same_moment_are_counted_one_by_one(outside, asha):
    def guess():
        return actions.check_pin(person=asha, pin="836195")

    at_once(*[guess] * 7)

    wrong, locked = row("select wrong_pins, locked_at from plan_door_entry where person_id = %s", asha.pk)
    assert (wrong, locked is not None) == (PIN_TRIES, True)


def test_nobody_locks_somebody_out_whose_mail_they_do_not_read(outside, asha):
    for _ in range(4):
        come_in(asha, code="12345678", pin="000000")

    assert is_in(come_in(asha))


def test_a_pin_that_is_tried_first_is_refused(outside, asha):
    for pin in ("12345", "123456", "654321", "111111", "121212", "123123", "112233", "890123", "abcdef",
                asha.staff_number):  # fmt: skip
        answer = outside.post("/my-plan/my-entry/pin/", {"pin": pin, "again": pin})
        assert "Error" in text(answer), pin
        assert f'value="{pin}"' not in answer.content.decode()


# --- Who is asked for does not show -----------------------------------------------------------------


def test_a_staff_number_that_nobody_has_answers_like_any_other(outside, asha, chidi, browse_as):
    pages = set()
    for number in (asha.staff_number, chidi.staff_number, "404404", "nobody'; --"):
        browser = Client()
        answer = browser.post("/my-plan/enter/", {"staff_number": number}, follow=True)
        pages.add(text(answer))
        pages.add(text(browser.post("/my-plan/enter/code/", {"code": "12345678", "pin": PIN})).replace("Error: ", ""))
    assert len(pages) == 2
    letters = {text(try_letter(Client(), who, "ABCD" * 5, "12345678")).replace(who.staff_number, "")
               for who in (asha, chidi)}  # fmt: skip
    assert len(letters) == 1


def test_and_leaves_as_many_rows_and_asks_as_many_questions(outside, asha, django_assert_num_queries):
    def number_of_queries(staff_number) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        browser = Client()
        with CaptureQueriesContext(connection) as asked:
            browser.post("/my-plan/enter/", {"staff_number": staff_number})
            browser.post("/my-plan/enter/code/", {"code": "12345678", "pin": "836195"})
        return len(asked)

    assert number_of_queries(asha.staff_number) == number_of_queries("404404")


def test_many_tries_from_one_place_are_refused_whatever_the_cache_forgets(client, asha, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip"}
    answers = [client.post("/my-plan/enter/", {"staff_number": "404404"}).status_code for _ in range(41)]

    assert (answers[:40], answers[40]) == ([302] * 40, 429)
    assert "Too many tries" in text(client.post("/my-plan/enter/letter/", {}))


def test_the_cache_counts_as_well(client, db):
    answers = [client.post("/my-plan/enter/", {"staff_number": "404404"}).status_code for _ in range(31)]

    assert answers[30] == 429


@COMMITTED
def test_nobodys_mailbox_is_flooded(outside, asha):
    for _ in range(12):
        Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})

    codes = [message for message in sent() if message.subject == "Your code"]
    assert len(codes) == CODES

    Client(REMOTE_ADDR="192.0.2.7").post("/my-plan/enter/", {"staff_number": asha.staff_number})
    assert len(sent()) == 1, "whoever asks elsewhere does not use up what its owner may ask for"
    with acting_as(asha):
        MailCode.objects.bulk_create([MailCode(person=asha, source=f"place {n}") for n in range(ALL_CODES)])
    sent()
    Client(REMOTE_ADDR="192.0.2.8").post("/my-plan/enter/", {"staff_number": asha.staff_number})
    assert sent() == [], "from everywhere together there is an end as well"


# --- Sessions ---------------------------------------------------------------------------------------


def test_a_session_that_somebody_planted_is_not_the_one_that_comes_in(outside, asha):
    browser = Client()
    browser.get("/my-plan/enter/passkey/")
    planted = browser.cookies[next(name for name in browser.cookies if name.startswith("session"))].value
    come_in(asha, browser=browser)

    assert is_in(browser)
    thief = Client()
    thief.cookies[next(name for name in browser.cookies if name.startswith("session"))] = planted
    assert not is_in(thief)


def test_what_an_ordinary_session_holds_is_not_taken_along(outside, asha, browse_as):
    browser = browse_as(asha)
    come_in(asha, browser=browser, code="12345678")
    assert doors.KEY not in browser.session, "whoever is in already stays as they are"

    browser.post("/account/logout/")
    come_in(asha, browser=browser)
    assert "assurance" not in browser.session
    assert browser.get("/account/").status_code == 404


@COMMITTED
@pytest.mark.parametrize("ends", ["left", "died"])
def test_leaving_and_death_end_everything_at_once(outside, asha, hr, ends, print_letter, read_out):
    letter, number = print_letter(asha), read_out(asha)
    Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})
    today = timezone.localdate()
    if ends == "left":
        people.change_person(person=asha, by=hr, left=today)
    else:
        people.record_death(person=asha, by=hr, on=today)

    assert not is_in(outside)
    assert try_letter(Client(), asha, letter, number).status_code == 200
    assert sent() == []
    assert row("select count(*) from plan_door_entry") == (0,)
    assert row("select count(*) from plan_door_letter where voided_at is null and used_at is null") == (0,)
