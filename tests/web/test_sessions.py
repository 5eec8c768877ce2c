"""Eight hours at most, an hour without a click, and reading pages writes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from wellbeing.celery import app
from wellbeing.web import tasks


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, asha, clock):
    client.force_login(asha)
    client.get("/")
    return client


def is_signed_in(client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_ends_an_hour_after_the_last_click(signed_in, clock):
    clock.shift(timedelta(minutes=59))
    assert is_signed_in(signed_in)
    clock.shift(timedelta(minutes=59))
    assert is_signed_in(signed_in)
    clock.shift(timedelta(minutes=61))
    assert not is_signed_in(signed_in)


def test_a_session_ends_after_eight_hours_whatever_is_clicked(signed_in, clock):
    for _ in range(15):
        clock.shift(timedelta(minutes=31))
        assert is_signed_in(signed_in)
    clock.shift(timedelta(minutes=16))
    assert not is_signed_in(signed_in)


def test_the_end_after_eight_hours_cannot_be_put_off(signed_in, clock):
    for _ in range(15):
        clock.shift(timedelta(minutes=31))
        signed_in.post("/account/stay-signed-in/")
    clock.shift(timedelta(minutes=16))
    assert signed_in.post("/account/stay-signed-in/").status_code == 302
    assert not is_signed_in(signed_in)


def test_whoever_is_signed_out_by_the_clock_is_told_so(signed_in, clock):
    clock.shift(timedelta(minutes=61))
    page = signed_in.get("/account/", follow=True)
    assert "You were signed out because the time was over" in page.content.decode()


def test_the_row_of_an_ended_session_is_gone(signed_in, clock):
    key = signed_in.session.session_key
    clock.shift(timedelta(minutes=61))
    signed_in.get("/")
    assert not Session.objects.filter(session_key=key).exists()


def test_rows_of_sessions_that_are_over_are_purged_each_hour_and_no_others(signed_in, clock):
    Client().get("/reminders/")
    clock.shift(timedelta(hours=7, minutes=59))
    Client().get("/reminders/")
    clock.shift(timedelta(minutes=2))

    tasks.purge_sessions.apply()

    scheduled = app.conf.beat_schedule["purge sessions"]
    assert (scheduled["task"], scheduled["schedule"].seconds) == (tasks.purge_sessions.name, 3600)
    assert Session.objects.count() == 1


def test_reading_pages_writes_nothing_for_some_minutes(signed_in, clock):
    before = Session.objects.get().session_data
    clock.shift(timedelta(minutes=4))
    for address in ("/", "/account/", "/accessibility/"):
        signed_in.get(address)
    assert Session.objects.get().session_data == before
    clock.shift(timedelta(minutes=2))
    signed_in.get("/")
    assert Session.objects.get().session_data != before


def test_one_key_extends_the_session_by_an_hour(signed_in, clock):
    clock.shift(timedelta(minutes=58))
    answer = signed_in.post("/account/stay-signed-in/", headers={"accept": "application/json"})
    assert answer.json() == {"idle_seconds": 3600, "total_seconds": 7 * 3600 + 120}
    clock.shift(timedelta(minutes=59))
    assert is_signed_in(signed_in)


def test_without_javascript_the_button_leads_back_to_the_page(signed_in):
    answer = signed_in.post("/account/stay-signed-in/", headers={"referer": "http://testserver/reminders/"})
    assert answer.headers["Location"] == "http://testserver/reminders/"


def test_the_button_leads_to_no_other_site(signed_in):
    answer = signed_in.post("/account/stay-signed-in/", headers={"referer": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_get_extends_nothing(signed_in):
    assert signed_in.get("/account/stay-signed-in/").status_code == 405


def test_a_page_tells_the_browser_when_the_session_ends(signed_in, clock):
    clock.shift(timedelta(minutes=3))
    html = signed_in.get("/").content.decode()
    assert f'data-idle-ends-in="{57 * 60}"' in html
    assert f'data-session-ends-in="{8 * 3600 - 180}"' in html


def test_nobody_signed_in_nobody_warned(client, db):
    assert "data-session-warning" not in client.get("/").content.decode()
