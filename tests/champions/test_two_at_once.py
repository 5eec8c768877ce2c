"""Two people at two real connections, at the same moment."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, transaction

from champions import actions
from champions.models import Coverage
from tests.databases import as_superuser
from tests.factories.champions import champion_at

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> None:
    """Run these functions side by side, each with a connection of its own; raises what any of them raised."""
    start = Barrier(len(acts), timeout=10)

    def run(act):
        try:
            connection.ensure_connection()
            start.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result(timeout=30)


def leads(station) -> list:
    return [row.champion for row in Coverage.objects.live().filter(station=station, is_lead=True)]


def test_two_leads_made_at_once_leave_one(station, hr, coordinator):
    first, second = champion_at(station), champion_at(station)
    for _ in range(10):
        at_once(
            lambda: actions.make_lead(champion=first, station=station, by=hr),
            lambda: actions.make_lead(champion=second, station=station, by=coordinator),
        )
        assert len(leads(station)) == 1


def test_a_lead_made_while_the_champion_steps_down_leaves_no_former_champion_leading(station, hr):
    for _ in range(5):
        entry = champion_at(station)
        refused = []

        def make_lead(entry=entry, refused=refused):
            try:
                actions.make_lead(champion=entry, station=station, by=hr)
            except Exception as refusal:
                refused.append(refusal)

        at_once(make_lead, lambda entry=entry: actions.step_down(champion=entry, by=entry.person))
        assert leads(station) == []


def wait_for_somebody_to_wait() -> None:
    """Until a connection to this test's database waits for another's lock."""
    asked = "select exists (select from pg_stat_activity where datname = %s and wait_event_type = 'Lock')"
    with as_superuser() as cursor:
        for _ in range(200):
            cursor.execute(asked, [os.environ["DATABASE_NAME"]])
            if cursor.fetchone()[0]:
                return
            sleep(0.05)
    raise AssertionError("nobody waits")


def test_a_button_pressed_while_one_steps_down_in_another_window_says_so(champion, browse_as):
    browser = browse_as(champion)

    def press():
        try:
            return browser.post("/champions/me/pause/", follow=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.step_down(champion=champion.champion, by=champion)
            pressed = pool.submit(press)
            wait_for_somebody_to_wait()
        page = pressed.result(timeout=30)

    assert page.status_code == 200
    assert "is not a champion now" in page.content.decode()
