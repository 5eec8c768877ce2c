"""The database goes in the middle of writing, three ways: what was acknowledged is there, and nothing is half there.

A demonstration on a Postgres that is kept, and so waits for its disk; before it a real web server, and line managers
who log one 1-1 after another. Of those who are not told that theirs is saved some send the same form again, some give
up.
"""

import http.client
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg2
import pytest
from django.utils import timezone

from tests.benchmarks import measure
from tests.embedded.first_boot import copy_set_up
from tests.mentoring.pages import a_day, filled, hidden, log_page
from wellbeing.embedded import environment, folders, portal, postgres, valkey
from wellbeing.people.models import Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MANAGERS = 5  # sessions at once, one more than the web has threads
ENOUGH = 25  # acknowledged 1-1s before, between and after
PATIENCE = 60  # seconds
LOGGED = "/mentoring/"  # where a 1-1 that is saved leads to
CONFIRM = "/account/confirm/"

ALL = "select id::text from mentoring_onetoone"
WRITING = "select pid from pg_stat_activity where usename = 'wellbeing_app' and backend_xid is not null"
HELD_UP = f"{WRITING} and wait_event_type = 'Lock'"
HALF_WRITTEN = {
    "a 1-1 without its record": "select id from mentoring_onetoone where has_text"
    " and id not in (select id from confidential_record)",
    "a record without its 1-1": "select id from confidential_record"
    " where kind = 'one_to_one' and id not in (select id from mentoring_onetoone)",
    "a record without a text": "select id from confidential_record"
    " where id not in (select record_id from confidential_version)",
    "a text without its words": "select id from confidential_version"
    " where id not in (select version_id from confidential_body)",
}


class Database:
    """A Postgres whose data are kept, to be stopped and started under a portal that goes on."""

    def __init__(self, var_dir: Path, short: Path):
        self.var_dir, self.short = var_dir, short
        self.data, self.sockets = postgres.data_folder(var_dir), short / "postgres"
        self._running = ExitStack()

    def start(self) -> None:
        for left_over in (self.sockets, self.short / "configuration"):
            shutil.rmtree(left_over, ignore_errors=True)
        self._running.enter_context(postgres.running(self.var_dir, self.short, self.data, throwaway=False))

    def stop(self) -> None:
        """Fast and clean, as when the server is updated: what is under way is broken off."""
        self._running.close()

    def lose_power(self) -> None:
        """No process of it has time for another word."""
        postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        postmaster.suspend()  # it starts no more children
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            process.kill()
        psutil.wait_procs(family, timeout=PATIENCE)
        self.stop()

    def kill_a_process_that_writes(self) -> None:
        """One of those held up between a 1-1 and its words. Postgres ends all others for it, and starts by itself."""
        with closing(postgres.connect_as_superuser(self.sockets, "wellbeing")) as holder, holder.cursor() as cursor:
            cursor.execute("begin; lock table confidential_body in share row exclusive mode")
            psutil.Process(self.wait_for(HELD_UP, at_least=MANAGERS - 1)[0]).kill()
            with pytest.raises(psycopg2.OperationalError):
                cursor.execute("select pg_sleep(%s)", [PATIENCE])

    def wait_for(self, question: str, *, at_least: int) -> list:
        """The first column of the answer, once it has so many rows."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self.ask(question)) < at_least:
            assert time.monotonic() < deadline, question
        return found

    def ask(self, question: str) -> list:
        with closing(postgres.connect_as_superuser(self.sockets, "wellbeing")) as connection:
            cursor = connection.cursor()
            cursor.execute(question)
            return [row[0] for row in cursor.fetchall()]

    def log(self) -> str:
        return (self.var_dir / "logs" / "postgres.log").read_text()


class Tally:
    """What all managers together were told. Each change wakes whoever waits for it."""

    def __init__(self):
        self.changed = threading.Condition()
        self.saved: dict[str, str] = {}  # what was sent, by the key of its 1-1
        self.given_up: set[str] = set()
        self.outages = 0
        self.wrong: list[str] = []

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self.changed:
            yield
            self.changed.notify_all()

    def wait_for_more_saved(self) -> None:
        self._wait_for_more(lambda: len(self.saved), ENOUGH)

    def wait_for_more_outages(self) -> None:
        self._wait_for_more(lambda: self.outages, MANAGERS)

    def _wait_for_more(self, count: Callable[[], int], number: int) -> None:
        with self.changed:
            wanted = count() + number
            assert self.changed.wait_for(lambda: count() >= wanted or self.wrong, PATIENCE), "the portal stays away"
            assert self.wrong == []


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    content: bytes

    @property
    def words(self) -> str:
        return unescape(self.content.decode())


class Unexpected(Exception):
    """An answer that is neither the right one nor an outage's."""


class Manager:
    """A browser in which the cast's line manager is signed in, and has confirmed that it is them."""

    def __init__(self, port: int, tally: Tally, *, is_patient: bool):
        self.port, self.tally, self.is_patient, self.over = port, tally, is_patient, threading.Event()
        self.cookies = {f"session-{port}": measure.sign_in(port, "manager")}
        self.expect(CONFIRM, hidden(self.expect(CONFIRM), CONFIRM), status=302, location=CONFIRM)

    def log_1_1s(self, subject: Person) -> None:
        """Log one after another and open each, until it is over."""
        number = 0
        try:
            while not self.over.is_set():
                number += 1
                self.log_one(subject, f"Meeting {number}: tired, but <b>well</b> & £5 ({secrets.token_hex(8)})")
        except Exception as trouble:
            with self.tally.changing():
                self.tally.wrong.append(repr(trouble))

    def log_one(self, subject: Person, text: str) -> None:
        due = timezone.localdate() + timedelta(days=30)
        form = filled(self.expect(log_page(subject)), subject, how=text, **a_day("next_due", due))
        saved = self.expect(log_page(subject), form, status=302, location=LOGGED, again=self.is_patient)
        with self.tally.changing():
            if not saved:
                self.tally.given_up.add(form["id"])
                return
            self.tally.saved[form["id"]] = text
        if text not in self.read(form["id"]):
            raise Unexpected(f"{text} is not on the page of {form['id']}")

    def read(self, key: str) -> str:
        return self.expect(f"/mentoring/1-1s/{key}/").words

    def expect(self, address: str, form=None, *, status=200, location="", again=True) -> Answer | None:
        """The answer, which must be this one; after an outage ask again, or without `again` return None."""
        while (answer := self.ask(address, form)) is None:
            with self.tally.changing():
                self.tally.outages += 1
            self.over.wait(0.05)
            if not again:
                return None
        if (answer.status, answer.location) != (status, location):
            raise Unexpected(f"{'POST' if form else 'GET'} {address} answered {answer.status} {answer.location}")
        return answer

    def ask(self, address: str, form: dict | None = None) -> Answer | None:
        """The answer; None for one that says 503, or where the connection broke."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            with measure.connected(self.port) as connection:
                connection.request("POST" if form else "GET", address, urlencode(form or {}), headers)
                answer = connection.getresponse()
                content = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        self.keep_cookies(answer)
        if answer.status == http.client.SERVICE_UNAVAILABLE:
            return None
        return Answer(answer.status, answer.headers.get("Location", ""), content)

    def keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(header).items()}


@pytest.fixture
def folder(tmp_path):
    kept = folders.prepare(tmp_path / "kept")
    copy_set_up(kept)
    yield kept
    folders.forget(kept)


@pytest.fixture
def database(folder):
    with folders.short_folder() as short:
        database = Database(folder, short)
        database.start()
        yield database
        database.stop()


@pytest.fixture
def known(folder, database):
    """The environment of a demonstration's processes, on that database."""
    with valkey.running(folder, database.short, throwaway=True) as broker:
        servers = {"DATABASE_HOST": str(database.sockets), "DATABASE_NAME": "wellbeing", "REDIS_URL": broker}
        servers |= environment.secret_values(folder)
        postgres.make_logins(database.sockets, servers)
        known = portal.base_environment(folder) | {"DEMO": "1", "PEOPLE": "400"} | servers
        portal.set_up(known)
        yield known


@pytest.fixture
def managers(known, folder):
    """Several sessions of one line manager; they end with the test."""
    with measure.web(known | {"WEB_THREADS": str(MANAGERS - 1)}, folder, "ours") as port:
        tally = Tally()
        found = [Manager(port, tally, is_patient=number % 2 == 0) for number in range(MANAGERS)]
        yield found
        for manager in found:
            manager.over.set()


def people_of(manager: Manager) -> list[Person]:
    page = manager.expect(LOGGED).words
    keys = {part.partition("/")[0] for part in page.split("/mentoring/1-1s/new/")[1:]}
    return [Person(pk=int(key)) for key in sorted(keys)]


def set_to_work(managers: list[Manager]) -> list[threading.Thread]:
    """Each logs 1-1s with a person of their own."""
    pairs = list(zip(managers, people_of(managers[0]), strict=False))
    assert len(pairs) == len(managers)
    threads = [threading.Thread(target=manager.log_1_1s, args=(person,), daemon=True) for manager, person in pairs]
    for thread in threads:
        thread.start()
    return threads


def let_end(managers: list[Manager], threads: list[threading.Thread]) -> None:
    """Each ends once what they are at is saved and read."""
    for manager in managers:
        manager.over.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def test_a_database_that_goes_in_mid_write_loses_nothing_that_was_acknowledged(known, database, managers):
    tally = managers[0].tally
    assert database.ask("select setting from pg_settings where name in ('fsync', 'synchronous_commit')") == ["on", "on"]
    before = set(database.ask(ALL))
    threads = set_to_work(managers)
    tally.wait_for_more_saved()

    database.kill_a_process_that_writes()
    tally.wait_for_more_saved()
    for end in (database.stop, database.lose_power, database.lose_power):
        database.wait_for(WRITING, at_least=1)
        end()
        tally.wait_for_more_outages()
        database.start()
        tally.wait_for_more_saved()

    let_end(managers, threads)
    assert tally.wrong == [], "only 503 and broken connections are an outage's"
    went_as_meant(database)
    nothing_is_half_written(database, tally, before)
    every_reading_is_in_the_log(database, tally)
    every_text_is_what_was_sent(managers[0], tally)
    the_log_is_whole(known, database)


def went_as_meant(database: Database) -> None:
    log = database.log()
    assert "terminated by signal 9" in log
    assert "received fast shutdown request" in log
    assert log.count("was not properly shut down; automatic recovery in progress") == 3


def nothing_is_half_written(database: Database, tally: Tally, before: set[str]) -> None:
    """What was acknowledged is there; what else is new was saved before its manager gave up. All of it is whole."""
    new = set(database.ask(ALL)) - before
    assert set(tally.saved) - new == set()
    assert new - set(tally.saved) - tally.given_up == set()
    assert [name for name, question in HALF_WRITTEN.items() if database.ask(question)] == []


def every_reading_is_in_the_log(database: Database, tally: Tally) -> None:
    """Whoever saved one then opened it: no text was shown whose line in the log was lost."""
    logged = database.ask("select record_id::text from confidential_readlog where outcome = 'opened'")
    assert set(tally.saved) - set(logged) == set()


def every_text_is_what_was_sent(manager: Manager, tally: Tally) -> None:
    assert [key for key, text in tally.saved.items() if text not in manager.read(key)] == []


def the_log_is_whole(known, database: Database) -> None:
    chains = database.ask("select count(*) from confidential_readlog group by subject_id")
    said = portal.manage(known, "backup", "verify_read_log", capture=True)
    assert said == f"The read log is whole: {sum(chains)} lines in {len(chains)} chains.\n"
