"""Real schedulers and workers, started as production starts them, and ended as by a power cut."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import psutil
from celery import current_app
from celery.beat import PersistentScheduler
from django.utils import timezone

from champions import actions as champions
from tests import production
from tests.databases import ROOT
from tests.factories.people import PersonFactory
from wellbeing.embedded import processes
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders import tasks

RIPE = "update reminders_reminder set tell_from = '2000-01-01', told_at = null where mail_id is null"
NOT_YET = "update reminders_reminder set told_at = now()"
CLAIMS = "select id::text from reminders_mail where state = 'claimed'"
LEASE_IS_OVER = "update reminders_mail set claimed_at = claimed_at - interval '6 minutes' where id::text = any (%s)"
UNSENT = "select id from reminders_mail where state <> 'sent'"
UNTOLD = "select id from reminders_reminder where told_at is null or mail_id is null"
ASKED = "select coalesce(sum(times), 0) from reminders_run where what = %s"


class Processes:
    """Starts schedulers and workers, on the servers of the tests unless `environment` names others.

    From the first on the database is a real portal's, to which the tests, being a demonstration, open no connection.
    """

    def __init__(self, folder: Path, owner, **environment: str):
        self.folder, self.owner, self.environment, self.number = folder, owner, environment, 0
        self.living: list[subprocess.Popen] = []

    def worker(self) -> subprocess.Popen:
        self.number += 1
        quietly = ("--without-gossip", "--without-mingle")
        return self._start("worker", "--concurrency", "1", "-n", f"worker{self.number}@%h", *quietly)

    def beat(self, *, away: timedelta = timedelta(0)) -> subprocess.Popen:
        """A scheduler with a schedule of its own. One that was `away` asks at once for all that has come round."""
        self.number += 1
        schedule = self.folder / f"schedule-{self.number}"
        if away:
            _write_schedule(schedule, away)
        return self._start("beat", "-s", str(schedule))

    def kill(self, process: subprocess.Popen) -> None:
        """As a power cut would: the process and its children, without a word."""
        self.living.remove(process)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for process in list(self.living):
            self.kill(process)

    def all_live(self) -> bool:
        return all(process.poll() is None for process in self.living)

    def _start(self, *arguments: str) -> subprocess.Popen:
        self.owner.execute("delete from demo_marker")
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "wellbeing", *arguments, "--loglevel", "WARNING"]
        environment = production.environment(**{"DB_LOGIN": "worker", **self.environment})
        process = processes.spawn(command, on_parent_death=signal.SIGKILL, env=environment, cwd=ROOT)
        self.living.append(process)
        return process


def _write_schedule(path: Path, away: timedelta) -> None:
    scheduler = PersistentScheduler(current_app._get_current_object(), schedule_filename=str(path))
    for entry in scheduler.schedule.values():
        entry.last_run_at -= away
    scheduler.close()


def crowd(station, number: int, *, due: date | None = None) -> list[Person]:
    """So many people at a station, all of them champions whose refresher is due that day, or in thirty days."""
    new = PersonFactory.build_batch(number, station=station)
    people.save_people(by=None, new=new)
    today = timezone.localdate()
    entry = {"trained_on": today - timedelta(days=900), "refresher_due": due or today + timedelta(days=30)}
    champions.appoint_many(by=None, appointments=[champions.Appointment(person, entry=entry) for person in new])
    return new


def send_again(cursor, patience, times: int = 3) -> None:
    """Have the workers look at the outbox so often, and wait until they have."""
    before = asked(cursor, "send")
    for _ in range(times):
        tasks.send_due.delay()
    patience(lambda: asked(cursor, "send") >= before + times, seconds=60)


def column(cursor, question: str, *values) -> list:
    cursor.execute(question, values)
    return [row[0] for row in cursor.fetchall()]


def asked(cursor, what: str) -> int:
    """How often workers have done that sort of work."""
    return column(cursor, ASKED, what)[0]


def kill_in_mid_send(worker, *, processes: Processes, mail_server, as_owner, patience) -> None:
    """Kill a worker of whom the server has taken a mail in, and who does not know that yet; and let its lease end."""

    def claims() -> set[str]:
        return set(column(as_owner, CLAIMS))

    def has_not_heard_yet() -> bool:
        before = claims()
        time.sleep(0.3)
        return _talks(worker, mail_server.port) and before == claims() and before <= taken_in(mail_server)

    mail_server.does = "stall"
    patience(has_not_heard_yet)
    held = claims()
    processes.kill(worker)
    mail_server.does = "accept"
    patience(lambda: len(held & claims()) == 1)
    as_owner.execute(LEASE_IS_OVER, [list(held & claims())])


def _talks(worker: subprocess.Popen, port: int) -> bool:
    """Whether it, or a child of it, is connected to that port."""
    connections = [each for child in processes.descendants(worker) for each in child.net_connections("tcp")]
    return any(each.raddr and each.raddr.port == port for each in connections if each.status == psutil.CONN_ESTABLISHED)


def taken_in(mail_server) -> set[str]:
    """The keys of the mails that the server has taken in."""
    return {mail["Message-ID"].strip("<>").partition("@")[0] for mail in list(mail_server.received)}


def receivers(mail_server) -> list[str]:
    return sorted(mail["To"] for mail in mail_server.received)


def addresses(people: list[Person]) -> list[str]:
    return sorted(person.email for person in people)


def repeated(mail_server) -> int:
    """How many mails came more often than once; each time under the same Message-ID."""
    first = {mail["To"]: mail["Message-ID"] for mail in reversed(mail_server.received)}
    assert all(mail["Message-ID"] == first[mail["To"]] for mail in mail_server.received)
    return len(mail_server.received) - len(first)
