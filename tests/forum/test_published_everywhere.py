"""Published at one web server, it stands on every division's board at another from that moment: real processes."""

import http.client
import os
import re
import signal
import sys
import uuid
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from forum.actions import boards
from forum.models import Meeting
from tests.databases import ROOT
from tests.factories import forum
from tests.factories.people import DivisionFactory
from wellbeing.embedded import processes
from wellbeing.embedded.announcement import answer
from wellbeing.embedded.portal import unused_port

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]
WORDS = "Lockers for everybody"


class Web:
    """A web server of its own, with two processes, at which somebody is signed in."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}

    def sign_in(self, client) -> None:
        self.cookies = {f"session-{self.port}": client.cookies[settings.SESSION_COOKIE_NAME].value}

    def ask(self, address: str, **form: str) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and page; with a form it is posted."""
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=30)) as connection:
            said = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if form:
                said |= {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST" if form else "GET", address, body=urlencode(form) or None, headers=said)
            found = connection.getresponse()
            for cookie in found.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return found.status, found.headers, found.read().decode()


@pytest.fixture
def two_servers(transactional_db):
    """Two web servers on the database of this test."""
    log = Path(settings.VAR_DIR, "web.log")
    with ExitStack() as running:
        ports = [unused_port() for _ in range(2)]
        for port in ports:
            running.enter_context(
                processes.server(
                    f"gunicorn {port}",
                    [sys.executable, "-m", "gunicorn", "wellbeing.wsgi"],
                    ready=lambda port=port: answer(port, "/livez/")[0] == 200,
                    log=log,
                    patience=60,
                    stop_by=signal.SIGTERM,
                    env=os.environ | {"PORT": str(port), "WEB_WORKERS": "2", "DB_LOGIN": "app"},
                    cwd=ROOT,
                )
            )
        yield [Web(port) for port in ports]


def shown(web: Web, addresses: list[str]) -> list[bool]:
    """Whether each of these pages says it; none may be kept by a browser or on the way."""
    found = []
    for address in addresses:
        status, headers, page = web.ask(address)
        assert status == 200, address
        assert "no-store" in headers["Cache-Control"], address
        assert "ETag" not in headers, address
        found.append(WORDS in page)
    return found


def test_what_one_server_publishes_every_board_of_another_shows_at_once(two_servers, browse_as, secretary, asha):
    one, other = two_servers
    one.sign_in(browse_as(secretary))
    other.sign_in(browse_as(asha))
    held = forum.over(forum.meeting(by=secretary), by=secretary)
    forum.outcome(held, WORDS)
    divisions = [
        secretary.station.division,
        *DivisionFactory.create_batch(2, name="South"),
        DivisionFactory(name="East"),
    ]
    addresses = [f"/noticeboards/{each.slug}/{part}" for each in divisions for part in ("", "paper/", "screen/")]
    token = boards.open_screen(key=uuid.uuid4(), division=divisions[-1], place="Canteen", by=secretary)
    addresses.append(f"/noticeboards/wall/{token}/")
    assert not any(shown(other, addresses))  # each process has made such a page before

    address = f"/forum/meetings/{held.pk}/publish/"
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', one.ask(address)[2])
    assert one.ask(address, csrfmiddlewaretoken=form[1])[0] == 302
    assert all(shown(other, addresses))
    assert Meeting.objects.get(pk=held.pk).is_published
