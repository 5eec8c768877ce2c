"""Real workers and schedulers when something under them goes: mail server, broker, database. Nothing is lost."""

import os
import subprocess
import time
import uuid
from contextlib import ExitStack, closing
from datetime import datetime

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.confidential.test_restarts import Database
from tests.outages import messages_sent_to
from tests.reminders import outbox
from tests.reminders.processes import (
    CLAIMS,
    LEASE_IS_OVER,
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
    taken_in,
)
from wellbeing.break_glass import actions as break_glass
from wellbeing.embedded import folders, postgres, valkey
from wellbeing.reminders import tasks
from wellbeing.web.identity import acting_as

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


def test_a_worker_killed_while_the_mail_server_stalls_loses_nothing_and_repeats_one_at_most(
    station, mail_server, processes, as_owner, patience
):
    people = crowd(station, 20)
    outbox.sweep()
    as_owner.execute(RIPE)
    first = processes.worker()
    patience(lambda: len(mail_server.received) >= 5, seconds=60)
    kill_in_mid_send(first, processes=processes, mail_server=mail_server, as_owner=as_owner, patience=patience)
    assert column(as_owner, UNSENT) != []

    processes.worker()
    patience(lambda: not column(as_owner, UNSENT), seconds=60)
    send_again(as_owner, patience)

    assert sorted(set(receivers(mail_server))) == addresses(people)
    assert repeated(mail_server) <= 1


# --- The broker -------------------------------------------------------------------------------------


class Broker:
    """A Valkey to be stopped and started under processes that go on. It keeps nothing."""

    def __init__(self, folder):
        self.folder, self._running = folder, ExitStack()

    def start(self) -> str:
        """Its address, each time the same."""
        return self._running.enter_context(valkey.running(self.folder, self.folder, throwaway=True))

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def broker(processes, settings):
    """The portal's broker and cache, in the tests and in the processes."""
    with folders.short_folder() as folder:
        broker = Broker(folder)
        address = broker.start()
        processes.environment["REDIS_URL"] = address
        caches = {"default": {**settings.CACHES["default"], "LOCATION": address}}
        with override_settings(CACHES=caches), messages_sent_to(address.replace("unix://", "redis+socket://")):
            yield broker
        processes.kill_all()
        broker.stop()


def ask_in_an_emergency(lead, subject) -> float:
    """The wellbeing lead asks the guardian, who is told at once; how many seconds the lead's page took."""
    started = time.monotonic()
    with acting_as(lead):
        break_glass.ask(by=lead, key=uuid.uuid4(), subject=subject, reason="A life is at stake")
    return time.monotonic() - started


def test_what_is_urgent_while_the_broker_is_away_is_saved_at_once_and_sent_once_when_it_is_back(
    asha, lead, guardian, broker, mail_server, processes, as_owner, patience
):
    processes.worker()
    processes.beat()
    patience(lambda: asked(as_owner, "send") >= 1, seconds=60)
    broker.stop()

    assert ask_in_an_emergency(lead, asha) < 3
    assert len(column(as_owner, UNTOLD)) == 1
    assert mail_server.received == []

    broker.start()
    patience(lambda: mail_server.received, seconds=120)
    send_again(as_owner, patience)
    assert receivers(mail_server) == [guardian.email]
    assert column(as_owner, UNTOLD) == column(as_owner, UNSENT) == []
    assert processes.all_live()


# --- The database -----------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path):
    """A Postgres whose data are kept, with the portal's logins and its empty database."""
    folder = folders.prepare(tmp_path / "kept")
    with folders.short_folder() as short:
        database = Database(folder, short)
        database.start()
        postgres.make_logins(database.sockets, os.environ | {"DATABASE_NAME": "wellbeing"})
        yield database
        database.stop()
    folders.forget(folder)


def copy_into(database: Database) -> None:
    """All that this test's database holds."""
    programs, superuser = postgres.packaged_programs(), ("-U", "postgres", "-h")
    dump = [programs / "pg_dump", *superuser, os.environ["DATABASE_HOST"], os.environ["DATABASE_NAME"]]
    load = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *superuser, database.sockets, "wellbeing"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
        subprocess.run(load, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
    assert dumped.returncode == 0


def let_leases_end(database: Database, *, before: datetime) -> None:
    with closing(postgres.connect_as_superuser(database.sockets, "wellbeing")) as connection:
        cursor = connection.cursor()
        left_behind = column(cursor, f"{CLAIMS} and claimed_at < %s", before)
        cursor.execute(LEASE_IS_OVER, [left_behind])


def both_wait(database: Database, mail_server) -> bool:
    """Of either worker the server has taken a mail in, and has not said so."""
    claims = set(database.ask(CLAIMS))
    return len(claims) == 2 and claims <= taken_in(mail_server)


def test_a_database_that_goes_while_workers_send_loses_no_mail(
    station, database, mail_server, processes, as_owner, patience
):
    people = crowd(station, 200)
    outbox.sweep()
    as_owner.execute(RIPE)
    as_owner.execute("delete from demo_marker")
    copy_into(database)
    processes.environment |= {"DATABASE_HOST": str(database.sockets), "DATABASE_NAME": "wellbeing"}
    processes.worker()
    patience(lambda: mail_server.received, seconds=60)
    processes.worker()

    outages = ((database.stop, "stall"), (database.lose_power, "stall"), (database.lose_power, "accept"))
    for end, meanwhile in outages:
        enough = len(mail_server.received) + 30
        tasks.send_due.delay()
        patience(lambda enough=enough: len(mail_server.received) >= enough, seconds=60)
        mail_server.does = meanwhile
        patience(lambda meanwhile=meanwhile: meanwhile == "accept" or both_wait(database, mail_server))
        end()
        mail_server.does, moment = "accept", timezone.now()
        database.start()
        assert database.ask(UNSENT) != []
        let_leases_end(database, before=moment)
        tasks.send_due.delay()
    patience(lambda: not database.ask(UNSENT), seconds=90)

    assert sorted(set(receivers(mail_server))) == addresses(people)
    assert repeated(mail_server) <= 2 * len(outages), "one for each worker and each time"
    assert database.ask(UNTOLD) == []
    assert processes.all_live()
