"""A real browser at a real web server (gunicorn), on this worker's database.

`page` opens addresses such as "/champions/"; `sign_in(person)` signs that person in with full
assurance; `check_page(page)` checks what every page must hold, and takes its picture where it does not. After each
test: no request has left the host, nothing stands on the console, the server logged no error.
"""

import os
import re
import shutil
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.checks import faults_of
from tests.databases import ROOT
from wellbeing.embedded import processes
from wellbeing.embedded.announcement import answer
from wellbeing.embedded.portal import unused_port
from wellbeing.web import assurance

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MUST_RUN = bool(os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER"))
PICTURES = ROOT / "test-results"

# Playwright keeps an event loop in the main thread, at which Django would refuse any query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if CHROMIUM is None:
        reason = "no Chromium on this machine: on Debian, apt-get install chromium"
        pytest.fail(reason) if MUST_RUN else pytest.skip(reason)
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(django_db_setup):
    """The address of a gunicorn with one worker, which lives as long as the tests."""
    port, log = unused_port(), Path(settings.VAR_DIR, "web.log")
    environment = os.environ | {"PORT": str(port), "WEB_WORKERS": "1", "DB_LOGIN": "app"}
    with processes.server(
        "gunicorn",
        [sys.executable, "-m", "gunicorn", "wellbeing.wsgi"],
        ready=lambda: answer(port, "/livez/")[0] == 200,
        log=log,
        patience=60,
        stop_by=signal.SIGTERM,
        env=environment,
        cwd=ROOT,
    ):
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {"base_url": base_url, "viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def page(context, transactional_db, base_url):
    """A tab, watched to the end of the test."""
    watch = Watch(base_url)
    context.on("request", watch.on_request)
    context.on("console", watch.on_console)
    context.on("weberror", lambda error: watch.said.append(str(error.error)))
    log = Path(settings.VAR_DIR, "web.log")
    begin = log.stat().st_size
    yield context.new_page()
    assert watch.strangers == [], "requests that left the host"
    still_missing = [url for url in watch.missing if context.request.get(url).status != 200]
    assert still_missing == [], "files that the page asks for and the server does not have"
    assert watch.said == [], "on the browser's console"
    assert "Traceback" not in log.read_text()[begin:], log.read_text()[begin:]


class Watch:
    """Notes requests to other hosts, missing files, and console messages other than a page's own error status."""

    def __init__(self, base_url: str):
        self.host = urlsplit(base_url).netloc
        self.opened, self.strangers, self.missing, self.said = set(), [], [], []

    def on_request(self, request):
        address = urlsplit(request.url)
        if request.is_navigation_request():
            self.opened.add(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.host:
            self.strangers.append(request.url)

    def on_console(self, message):
        failed, url = message.text.startswith("Failed to load resource"), message.location["url"]
        if failed and url in self.opened:
            return
        if failed and "404" in message.text and urlsplit(url).netloc == self.host:
            self.missing.append(url)
        elif message.type in ("error", "warning"):
            self.said.append(f"{message.text} ({url})")


@pytest.fixture
def sign_in(context, base_url, transactional_db):
    """`sign_in(person)`: from now on this browser is that person's, with a second factor shown."""

    def as_person(person) -> None:
        client = Client()
        client.force_login(person)
        session = client.session
        session[assurance.KEY] = assurance.DEMO
        session.save()
        port = urlsplit(base_url).port
        context.add_cookies([{"name": f"session-{port}", "value": session.session_key, "url": base_url}])

    return as_person


@pytest.fixture
def check_page(request):
    """`check_page(page)`: WCAG 2.2 AA, links into the page, 320 px, no "None"; pictures of faults in test-results/."""
    taken = iter(range(1, 100))

    def check(page) -> None:
        name = re.sub(r"\W+", "-", f"{request.node.name.replace('chromium', '')}-{next(taken)}").strip("-")
        PICTURES.mkdir(exist_ok=True)
        faults = faults_of(page, pictures=PICTURES / name)
        assert faults == [], f"{page.url}:\n" + "\n".join(faults)

    return check
