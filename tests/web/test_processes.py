"""Real processes: a web server started while the database is away, and what worker and beat tell of themselves."""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import ROOT
from wellbeing.embedded.portal import unused_port

SOCKET = ".s.PGSQL.5432"


@pytest.fixture
def start():
    """`start(*command, **environment)`: a process that ends with the test."""
    started = []

    def run(*command: str, **environment: str) -> subprocess.Popen:
        arguments = [sys.executable, "-m", *command]
        process = subprocess.Popen(arguments, env=os.environ | environment, cwd=ROOT, start_new_session=True)
        started.append(process)
        return process

    yield run
    for process in started:
        stop(process)


def stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


class Web:
    def __init__(self, port: int):
        self.port = port

    def get(self, address: str, **headers: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=20)) as connection:
            connection.request("GET", address, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def answers(self) -> bool:
        try:
            return bool(self.get("/livez/"))
        except OSError:
            return False


def wait_until(true, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


@pytest.fixture
def start_web(start):
    def run(**environment: str) -> Web:
        web = Web(unused_port())
        start("gunicorn", "wellbeing.wsgi", PORT=str(web.port), WEB_WORKERS="1", DB_LOGIN="app", **environment)
        wait_until(web.answers, seconds=40)
        return web

    return run


def test_a_web_server_started_without_its_database_shows_the_numbers_and_recovers(
    start_web, tmp_path, asha, transactional_db, client
):
    client.force_login(asha)
    web = start_web(DATABASE_HOST=str(tmp_path))
    cookie = f"session-{web.port}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    for headers in ({}, {"Cookie": cookie}):
        status, page = web.get("/urgent/", **headers)
        assert status == 200
        assert "tel:116123" in page
        status, page = web.get("/reminders/", **headers)
        assert status == 503
        assert "tel:116123" in page
        assert web.get("/livez/", **headers)[0] == 503

    (tmp_path / SOCKET).symlink_to(Path(os.environ["DATABASE_HOST"], SOCKET))
    assert web.get("/livez/")[0] == 200
    assert web.get("/reminders/", Cookie=cookie)[0] == 200


def test_a_web_server_with_the_owner_s_login_does_not_start(start, transactional_db):
    process = start("gunicorn", "wellbeing.wsgi", PORT=str(unused_port()), WEB_WORKERS="1", DB_LOGIN="owner")

    assert process.wait(timeout=40) != 0


@pytest.mark.slow
def test_a_worker_with_the_owner_s_login_does_not_start(start, transactional_db):
    process = start("celery", "--quiet", "-A", "wellbeing", "worker", "--concurrency", "1", DB_LOGIN="owner")

    assert process.wait(timeout=40) != 0


@pytest.mark.slow
def test_worker_and_beat_tell_of_themselves_within_seconds_and_are_missed_when_they_stop(
    start, client, transactional_db, tmp_path
):
    def parts() -> dict:
        return client.get("/healthz/").json()

    celery = ("celery", "--quiet", "-A", "wellbeing")
    worker = start(*celery, "worker", "--concurrency", "1", DB_LOGIN="worker")
    wait_until(lambda: parts()["worker"] == "ok", seconds=15)
    assert parts()["beat"] == "no heartbeat yet"

    start(*celery, "beat", "--schedule", str(tmp_path / "schedule"), DB_LOGIN="worker")
    wait_until(lambda: parts()["status"] == "ok", seconds=15)

    stop(worker)
    wait_until(lambda: parts()["worker"] != "ok", seconds=70)
    assert client.get("/healthz/").status_code == 503
