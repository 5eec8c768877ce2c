"""A real mail server that accepts, refuses, stalls or drops; and champions whose refresher falls due."""

import asyncio
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from champions import actions as champions
from tests.reminders.processes import Processes
from wellbeing.embedded.portal import unused_port


class MailServer:
    """`does` is what it does with each mail: "accept", "refuse", "stall" or "drop". `received`: what it took in."""

    def __init__(self):
        self.does = "accept"
        self.received = []
        self.arrived = threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
        if self.does == "refuse":
            return "550 No such person here"
        if self.does == "drop":
            server.transport.abort()
            return "421 Gone"
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.arrived.set()
        if self.does == "stall":
            await self._stall()
        return "250 Taken"

    async def _stall(self):
        while self.does == "stall":
            await asyncio.sleep(0.05)


@pytest.fixture
def mail_server(settings):
    """A real SMTP server on this machine, to which the portal's mail goes."""
    handler = MailServer()
    handler.port = unused_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", handler.port, 1
    yield handler
    handler.does = "accept"
    controller.stop()


@pytest.fixture
def make_champion(transactional_db):
    """`make_champion(person, refresher_in=30)`: a champion whose refresher is due in so many days."""

    def make(person, *, refresher_in: int):
        today = timezone.localdate()
        dates = {"trained_on": today - timedelta(days=900), "refresher_due": today + timedelta(days=refresher_in)}
        return champions.appoint(person=person, by=None, stations=[person.station], **dates)

    return make


@pytest.fixture
def asha_is_due(mid_morning, asha, make_champion):
    return make_champion(asha, refresher_in=30)


@pytest.fixture
def patience():
    """`patience(check)`: wait until `check()` is true, at most half a minute."""

    def wait(check, seconds: float = 30):
        deadline = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.1)

    return wait


@pytest.fixture
def processes(mail_server, as_owner, tmp_path):
    """`processes.worker()`, `processes.beat()`: real ones, that mail to the test's server and end with the test."""
    processes = Processes(tmp_path, as_owner, EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}")
    yield processes
    processes.kill_all()
