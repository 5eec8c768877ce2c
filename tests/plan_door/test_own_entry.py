"""One's own way in: changing it, setting it up at work, and keeping it from whoever finds an open page."""

import json
import time
import uuid

import pytest
from django.test import Client

from wellbeing.plan_door.models import Passkey
from wellbeing.web import step_up
from wellbeing.web.identity import acting_as

from .conftest import AT_HOME, PIN, asked_for, come_in, is_in, sent, text, try_letter

pytestmark = pytest.mark.django_db
NEW = "new.address@mail.example"


def change_address(browser, address: str) -> None:
    browser.post("/my-plan/my-entry/address/", {"mail": address})
    browser.post("/my-plan/my-entry/address/code/", {"code": asked_for(browser)})


@pytest.mark.django_db(transaction=True)
def test_a_new_address_counts_once_its_code_was_typed_and_the_old_one_is_told(outside, asha):
    sent()
    outside.post("/my-plan/my-entry/address/", {"mail": NEW.upper()})
    (code,) = sent()
    assert code.to == [NEW]
    assert "is not the code" in text(outside.post("/my-plan/my-entry/address/code/", {"code": "12345678"}))
    assert AT_HOME in text(outside.get("/my-plan/my-entry/")), "until then the old one stands"

    outside.post("/my-plan/my-entry/address/code/", {"code": asked_for(outside)})

    assert NEW in text(outside.get("/my-plan/my-entry/"))
    told = sent()
    assert {tuple(message.to) for message in told} == {(asha.email,), (AT_HOME,)}
    assert not any(NEW in message.body for message in told)
    assert is_in(come_in(asha))


def test_changing_anything_ends_other_sessions_and_not_this_one(outside, asha):
    for change in (
        lambda: change_address(outside, NEW),
        lambda: outside.post("/my-plan/my-entry/pin/", {"pin": "719264", "again": "719264"}),
        lambda: outside.post("/my-plan/my-entry/end-others/"),
    ):
        other = come_in(asha, pin=PIN)
        if not is_in(other):
            other = come_in(asha, pin="719264")
        assert is_in(other)
        change()
        assert not is_in(other)
        assert is_in(outside)


def test_whoever_finds_an_open_page_does_not_take_it_over(outside, asha):
    """They have the quarter of an hour in which confidential pages open, and neither PIN nor passkey."""
    session = outside.session
    session["door"] = session["door"] | {"proved_at": time.time() - 301}
    session[step_up.KEY] = time.time()
    session.save()
    assert outside.get("/my-plan/my-entry/").status_code == 200

    for page, typed in (("address/", {"mail": NEW}), ("pin/", {"pin": "719264", "again": "719264"}),
                        ("passkeys/add/", {"credential": "{}"}), ("end-others/", {})):  # fmt: skip
        answer = outside.post(f"/my-plan/my-entry/{page}", typed)
        assert answer.headers["Location"] == "/my-plan/confirm/", page
    assert "door_address" not in outside.session
    assert is_in(come_in(asha)), "the PIN is as it was"


def test_a_forged_or_stale_passkey_is_refused_with_a_sentence(outside, asha, client):
    forged = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {
        "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA",
        "userHandle": "bXktcGxhbi0x", "attestationObject": "AAAA"}}  # fmt: skip
    for credential in ("", "{}", "[]", "null", '"x"', json.dumps(forged), json.dumps({"response": 1})):
        client.get("/my-plan/enter/passkey/")
        answer = client.post("/my-plan/enter/passkey/", {"credential": credential})
        assert answer.headers["Location"] == "/my-plan/enter/", credential
        outside.get("/my-plan/my-entry/passkeys/add/")
        answer = outside.post("/my-plan/my-entry/passkeys/add/", {"credential": credential})
        assert answer.status_code == 200, credential
        assert outside.post("/my-plan/confirm/passkey/", {"credential": credential}).status_code == 302
    assert not is_in(client)
    with acting_as(asha):
        assert not Passkey.objects.exists()


def test_nobody_takes_away_anothers_passkey(outside, asha, chidi, browse_as):
    with acting_as(asha):
        passkey = Passkey.objects.create(person=asha, name="Phone", credential={})
    assert browse_as(chidi).post(f"/my-plan/my-entry/passkeys/{passkey.pk}/remove/").status_code == 404
    assert outside.get(f"/my-plan/my-entry/passkeys/{uuid.uuid4()}/remove/").status_code == 404

    outside.post(f"/my-plan/my-entry/passkeys/{passkey.pk}/remove/")
    with acting_as(asha):
        assert not Passkey.objects.exists()


def test_at_work_it_is_set_up_without_a_letter_after_a_second_factor(chidi, browse_as):
    browser = browse_as(chidi)
    assert "You have no PIN yet" in text(browser.get("/my-plan/my-entry/"))
    browser.post("/my-plan/my-entry/pin/", {"pin": PIN, "again": PIN})
    change_address(browser, "chidi@mail.example")

    assert browser.get("/").status_code == 200, "the session at work is as it was"
    assert is_in(come_in(chidi))


def test_and_not_without_one(chidi, browse_as):
    browser = browse_as(chidi, confirmed=False)
    for page, typed in (("", None), ("pin/", {"pin": PIN, "again": PIN}), ("address/", {"mail": NEW})):
        answer = browser.post(f"/my-plan/my-entry/{page}", typed) if typed else browser.get("/my-plan/my-entry/")
        assert answer.headers["Location"] == "/account/confirm/"
    assert not is_in(come_in(chidi, code="12345678"))


def test_at_work_a_locked_pin_is_set_anew(outside, asha, browse_as):
    for _ in range(5):
        come_in(asha, pin="836195")
    assert not is_in(come_in(asha))
    inside = browse_as(asha)
    assert "is locked" in text(inside.get("/my-plan/my-entry/"))

    inside.post("/my-plan/my-entry/pin/", {"pin": "719264", "again": "719264"})
    assert is_in(come_in(asha, pin="719264"))


def test_what_is_typed_wrong_is_said_beside_it(outside):
    for typed, said in (({"pin": PIN, "again": "836195"}, "not the same PIN"), ({"pin": "", "again": ""}, "Fill in"),
                        ({"pin": "१२३४५६", "again": "१२३४५६"}, "at least 6 digits")):  # fmt: skip
        assert said in text(outside.post("/my-plan/my-entry/pin/", typed)), typed
    assert "valid email" in text(outside.post("/my-plan/my-entry/address/", {"mail": "nonsense"})).lower()
    assert (
        Client().post("/my-plan/enter/letter/", {"staff_number": "\0", "code": "\0", "number": "\0"}).status_code == 200
    )
    assert Client().post("/my-plan/enter/", {"staff_number": "1\0"}).status_code == 302


# --- Words, and a second mail -----------------------------------------------------------------------


def test_setting_up_shows_no_menu_says_what_closing_costs_and_sends_the_code_anew(asha, print_letter, read_out):
    browser = Client()
    try_letter(browser, asha, print_letter(asha), read_out(asha))
    page = browser.get("/my-plan/set-up/").content.decode()
    assert "HR has to print you a new letter" in page
    assert "Who has looked" not in page
    browser.post("/my-plan/set-up/", {"mail": AT_HOME, "pin": PIN, "again": PIN})
    first = asked_for(browser)
    browser.post("/my-plan/my-entry/address/code/", {"again": "yes"})

    assert asked_for(browser) != first
    answer = browser.post("/my-plan/my-entry/address/code/", {"code": asked_for(browser)}, follow=True)
    assert f"Codes go to {AT_HOME} from now on." in text(answer)


@pytest.mark.parametrize("who", ["asha", "nobody"])
def test_after_a_wrong_try_a_new_code_is_one_click_away_and_nothing_typed_comes_back(outside, asha, who):
    browser = Client()
    browser.post("/my-plan/enter/", {"staff_number": asha.staff_number if who == "asha" else "404404"})
    first = asked_for(browser)
    answer = browser.post("/my-plan/enter/code/", {"code": "12345678", "pin": "836195"})
    assert "Send a new code" in text(answer)
    assert "12345678" not in answer.content.decode()

    browser.post("/my-plan/enter/code/", {"again": "yes"})
    assert asked_for(browser) != first
    assert is_in(come_in(asha, browser=browser, ask=False)) == (who == "asha")
