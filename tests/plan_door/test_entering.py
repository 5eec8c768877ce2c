"""Coming in from outside: what it takes, and what of it is not enough."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.databases import as_superuser
from wellbeing.plan_door.models import Entry

from .conftest import AT_HOME, PIN, code_in, come_in, is_in, sent, set_up, text, try_letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def test_a_letter_and_its_number_open_the_page_to_set_up_and_nothing_else(asha, print_letter, read_out):
    browser = Client()
    answer = try_letter(browser, asha, print_letter(asha).lower().replace("-", " "), read_out(asha))

    assert answer.headers["Location"] == "/my-plan/set-up/"
    for page in ("who-looked/", "start/", "my-entry/", "guidance/", "confirm/", "no-such-page/"):
        assert browser.get(f"/my-plan/{page}").headers["Location"] == "/my-plan/set-up/", page
    set_up(browser)
    assert is_in(browser)


def test_afterwards_a_code_by_mail_and_the_pin_let_in(outside, asha):
    outside.post("/my-plan/sign-out/")
    assert not is_in(outside)

    assert is_in(come_in(asha, browser=outside))
