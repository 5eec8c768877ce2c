"""At the door: letters printed and read out, somebody coming in from outside, and what the mail brought."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client

from tests.databases import the_worker
from tests.factories.people import the_force
from wellbeing.plan_door import mails, secrets

PIN = "836194"
AT_HOME = "asha.at.home@mail.example"


def text(answer) -> str:
    """What a page says, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent() -> list:
    """The mails that the worker sends now; for tests with `transaction=True`."""
    before = len(mail.outbox)
    with the_worker():
        mails.send_codes()
        mails.send_notices()
    return mail.outbox[before:]


def code_in(messages) -> str:
    """The code in the one mail that has any."""
    (code,) = [found[0] for one in messages if (found := re.search(r"^\d{8}$", one.body, re.MULTILINE))]
    return code


def asked_for(browser) -> str:
    """The code that the mail would bring for which this browser has asked."""
    session = browser.session
    return secrets.mail_code(uuid.UUID(session.get("door_address") or session["door_waits"]["code"]))


@pytest.fixture
def print_letter(hr, browse_as):
    """`print_letter(person)`: HR prints one; its code."""
    the_force()

    def printed(person, *, by=hr, key=None) -> str | None:
        typed = {"key": key or uuid.uuid4(), "person": person.staff_number, "sure": "yes"}
        found = re.search(r"([A-Z2-9]{4}-){4}[A-Z2-9]{4}", text(browse_as(by).post("/letters/", typed)))
        return found and found[0]

    return printed


@pytest.fixture
def read_out(lead, browse_as):
    """`read_out(person)`: the wellbeing lead is shown the number for them, or None."""

    def number(person, *, by=lead) -> str | None:
        page = browse_as(by).post("/letters/number/", {"person": person.staff_number, "spoke": "on"})
        found = re.search(r"\b\d{4} \d{4}\b", text(page))
        return found and found[0]

    return number


def try_letter(browser, person, code, number):
    typed = {"staff_number": person.staff_number, "code": code, "number": number}
    return browser.post("/my-plan/enter/letter/", typed)


def is_in(browser) -> bool:
    return browser.get("/my-plan/who-looked/").status_code == 200


def set_up(browser, *, address=AT_HOME, pin=PIN) -> None:
    browser.post("/my-plan/set-up/", {"mail": address, "pin": pin, "again": pin})
    browser.post("/my-plan/my-entry/address/code/", {"code": asked_for(browser)})


def come_in(person, *, pin=PIN, code=None, browser=None, ask: bool = True) -> Client:
    """A browser in which this person came in by a code by mail and a PIN, or tried to."""
    browser = browser or Client()
    if ask:
        browser.post("/my-plan/enter/", {"staff_number": person.staff_number})
    browser.post("/my-plan/enter/code/", {"code": asked_for(browser) if code is None else code, "pin": pin})
    return browser


@pytest.fixture
def outside(asha, print_letter, read_out):
    """Asha's browser at home, just set up by a letter."""
    browser = Client()
    try_letter(browser, asha, print_letter(asha), read_out(asha))
    set_up(browser)
    return browser
