"""Two schedulers, five, several workers, and some that are killed: everybody is told, and hardly anybody twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.databases import the_worker
from tests.reminders import outbox
from tests.reminders.processes import (
    NOT_YET,
    RIPE,
    UNSENT,
    UNTOLD,
    addresses,
    asked,
    column,
    crowd,
    kill_in_mid_send,
    receivers,
    repeated,
    send_again,
)
from wellbeing.reminders import tasks

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def at_once(number: int, *what) -> None:
    """Do each of `what` in `number` threads with the worker's login, all starting together on their own connections."""
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
    with the_worker():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert troubles == []


def test_when_two_beats_run_a_refresher_gives_one_item_and_one_mail(asha_is_due, asha, mail_server):
    at_once(2, tasks.sweep, tasks.send_due)
    outbox.send()

    assert len(outbox.reminders(person=asha)) == 1
    assert receivers(mail_server) == [asha.email]


def test_four_schedulers_and_workers_at_once_write_to_everybody_once(mid_morning, station, mail_server):
    people = crowd(station, 40)
    at_once(4, tasks.sweep, tasks.send_due)
    outbox.send()

    assert receivers(mail_server) == addresses(people)


def test_workers_at_once_share_what_waits_and_send_each_mail_once(mid_morning, station, mail_server):
    people = crowd(station, 40)
    outbox.sweep()
    at_once(4, tasks.send_due, tasks.send_due)
    outbox.send()

    assert receivers(mail_server) == addresses(people)


# --- Real processes ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_real_beats_and_two_workers_make_one_item_and_one_mail(
    asha, make_champion, mail_server, processes, as_owner, patience
):
    make_champion(asha, refresher_in=30)
    for _ in range(2):
        processes.beat(away=DAY)
        processes.worker()
    patience(lambda: asked(as_owner, "sweep") >= 4, seconds=60)
    as_owner.execute(RIPE)
    send_again(as_owner, patience)

    assert column(as_owner, "select person_id from reminders_reminder where kind = 'champions.refresher'") == [asha.pk]
    assert receivers(mail_server) == [asha.email]
    assert processes.all_live()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_five_beats_and_three_workers_that_are_killed_tell_all_of_two_thousand(
    station, mail_server, processes, as_owner, patience
):
    people = crowd(station, 2000)
    outbox.sweep()
    as_owner.execute(NOT_YET)
    workers = [processes.worker() for _ in range(3)]
    for _ in range(5):
        processes.beat(away=DAY)
    patience(lambda: asked(as_owner, "sweep") >= 1 + len(workers) + 5, seconds=90)
    as_owner.execute(RIPE)
    tasks.send_due.delay()
    patience(lambda: mail_server.received)  # who looked while the mails were made found none
    for _ in workers:
        tasks.send_due.delay()

    for number, worker in enumerate(workers, start=1):
        patience(lambda enough=number * 400: len(mail_server.received) >= enough, seconds=60)
        kill_in_mid_send(worker, processes=processes, mail_server=mail_server, as_owner=as_owner, patience=patience)
        processes.worker()
    patience(lambda: not column(as_owner, UNSENT), seconds=90)
    send_again(as_owner, patience)

    assert sorted(set(receivers(mail_server))) == addresses(people)
    assert repeated(mail_server) <= len(workers)
    assert column(as_owner, UNSENT) == column(as_owner, UNTOLD) == []
    assert processes.all_live()
