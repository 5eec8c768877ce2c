"""Two people at two real connections, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from champions import actions
from champions.models import Coverage
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
