"""Two schedulers, several workers, and one that is killed: still one mail, or at most two for that one."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from tests.databases import ROOT
from tests.factories.people import PersonFactory
from wellbeing.reminders import sending, tasks
from wellbeing.reminders.models import Reminder, State

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, *what) -> None:
    """Do each of `what` in `number` threads, all starting together, each with a connection of its own."""
    start = threading.Barrier(number)
    troubles = []

    def one():
        try:
            start.wait()
            for do in what:
                do.apply(throw=True)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def receivers(mail_server) -> list[str]:
    return sorted(mail["To"] for mail in mail_server.received)


@pytest.fixture
def many_are_due(station, make_champion):
    people = [PersonFactory(station=station) for _ in range(20)]
    for person in people:
        make_champion(person, refresher_in=30)
    return sorted(person.email for person in people)


def test_when_two_beats_run_a_refresher_gives_one_item_and_one_mail(asha_is_due, asha, mail_server):
    at_once(2, tasks.sweep, tasks.send_due)
    tasks.send_due.apply(throw=True)

    assert Reminder.objects.filter(person=asha).count() == 1
    assert receivers(mail_server) == [asha.email]


def test_four_schedulers_and_workers_at_once_write_to_everybody_once(many_are_due, mail_server):
    at_once(4, tasks.sweep, tasks.send_due)
    tasks.send_due.apply(throw=True)

    assert receivers(mail_server) == many_are_due


# --- Real processes ---------------------------------------------------------------------------------


@pytest.fixture
def start_worker(mail_server, as_owner):
    """`start_worker()`: a Celery worker as production runs it, which mails to the test's server."""
    as_owner.execute("DELETE FROM demo_marker")  # with it a real portal's worker would refuse the database
    started = []

    def start():
        environment = os.environ | {
            "DB_LOGIN": "worker",
            "DEMO": "0",
            "PORTAL_URL": "https://portal.force.example",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        }
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "wellbeing", "worker", "--concurrency", "1"]
        worker = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker: subprocess.Popen) -> None:
    """As a power cut would: the worker and its children, without a word."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    worker.wait()


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_loses_nothing_and_repeats_at_most_one(
    many_are_due, mail_server, start_worker, patience
):
    tasks.sweep.apply(throw=True)
    first = start_worker()
    patience(lambda: len(mail_server.received) >= 5, seconds=60)
    mail_server.does = "stall"
    taken = len(mail_server.received)
    patience(lambda: len(mail_server.received) > taken)
    kill(first)
    mail_server.does = "accept"
    assert Reminder.objects.filter(state=State.CLAIMED).count() == 1

    Reminder.objects.filter(state=State.CLAIMED).update(
        claimed_at=F("claimed_at") - sending.LEASE - timedelta(seconds=1)
    )
    start_worker()
    tasks.send_due.delay()
    patience(lambda: not Reminder.objects.exclude(state=State.SENT).exists(), seconds=60)

    addresses = receivers(mail_server)
    ids = {mail["Message-ID"] for mail in mail_server.received}
    assert sorted(set(addresses)) == many_are_due
    assert len(addresses) <= len(many_are_due) + 1
    assert len(ids) == len(many_are_due), "a repeated mail carries the same Message-ID"
