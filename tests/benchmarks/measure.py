"""Asks two web servers for their pages in turn, over HTTP, and compares how long they take."""

import http.client
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from wellbeing.embedded import environment, portal, postgres, processes, servers

BARE = "a bare Django page"
PAGES = {"the directory": "/champions/", "the directory, by night": "/champions/?when=night"}
WARM_UP = 30  # requests for each page that are not counted


@dataclass(frozen=True)
class Times:
    """One page's times in milliseconds, and its size in bytes."""

    page: str
    times: list[float]
    size: int

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def spread(self) -> tuple[float, float]:
        """The times between which nine in ten lie."""
        twentieths = statistics.quantiles(self.times, n=20)
        return twentieths[0], twentieths[-1]


def measure(people: int, *, rounds: int, say: Callable[[str], None]) -> list[Times]:
    """Load `people` invented people and time each page `rounds` times, in turn; the bare page first."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        say(f"Loading {people:,} people")
        known = running.enter_context(loaded(folder, people))
        ports = {name: running.enter_context(web(known, folder, name)) for name in (BARE, "ours")}
        sessions = {ports["ours"]: sign_in(ports["ours"])}
        sessions[ports[BARE]] = sessions[ports["ours"]]
        addresses = {BARE: (ports[BARE], "/")} | {name: (ports["ours"], path) for name, path in PAGES.items()}
        say(f"Asking for each page {rounds} times, in turn")
        return time_in_turn(addresses, sessions, rounds)


@contextmanager
def loaded(folder: Path, people: int) -> Iterator[dict[str, str]]:
    """Servers with a demonstration of this size on them; yields the environment of its processes."""
    with servers(folder, throwaway=True) as found:
        known = portal.base_environment(folder) | {"DEMO": "1", "PEOPLE": str(people)} | found
        portal.set_up(known)
        connection = postgres.connect_as_superuser(Path(known["DATABASE_HOST"]), "wellbeing")
        connection.cursor().execute("VACUUM ANALYZE")  # what Postgres does by itself within minutes
        connection.close()
        yield known


@contextmanager
def web(known: dict[str, str], folder: Path, name: str) -> Iterator[int]:
    """A gunicorn with one worker, for our pages or the bare one; yields its port."""
    port, log = portal.unused_port(), folder / f"{name.replace(' ', '-')}.log"
    application = "tests.benchmarks.bare_wsgi" if name == BARE else "wellbeing.wsgi"
    more = {"PORT": str(port), "WEB_WORKERS": "1"}
    with processes.server(
        name,
        [sys.executable, "-m", "gunicorn", application],
        ready=lambda: answers(port),
        log=log,
        patience=60,
        stop_by=signal.SIGTERM,
        env=environment.for_login(known | more, "app"),
        cwd=portal.ROOT,
    ):
        yield port


def answers(port: int) -> bool:
    try:
        with connected(port) as connection:
            return get(connection, "/").status < http.client.BAD_REQUEST
    except OSError:
        return False


def connected(port: int) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("localhost", port, timeout=30))


def sign_in(port: int, member: str = "staff") -> str:
    """The session's key of somebody of the cast."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with connected(port) as connection:
        connection.request("POST", "/demo/sign-in/", urlencode({"as": member}), form)
        cookies = SimpleCookie("; ".join(connection.getresponse().headers.get_all("Set-Cookie")))
    return cookies[f"session-{port}"].value


def time_in_turn(addresses: dict[str, tuple[int, str]], sessions: dict[int, str], rounds: int) -> list[Times]:
    """In turn, so that whatever else the machine does meets all of them alike; a session for each port."""
    times: dict[str, list[float]] = {name: [] for name in addresses}
    sizes = {}
    with ExitStack() as opened:
        connections = {port: opened.enter_context(connected(port)) for port, _ in addresses.values()}
        for number in range(rounds + WARM_UP):
            for name, (port, path) in addresses.items():
                started = time.perf_counter()
                answer = get(connections[port], path, sessions[port])
                if number >= WARM_UP:
                    times[name].append((time.perf_counter() - started) * 1000)
                if answer.status != http.client.OK:
                    raise RuntimeError(f"{path} answered {answer.status}")
                sizes[name] = answer.length_read
    return [Times(name, times[name], sizes[name]) for name in addresses]


def get(connection: http.client.HTTPConnection, path: str, session: str = "") -> http.client.HTTPResponse:
    """The answer, read to its end; the connection stays open, as a browser's does."""
    connection.request("GET", path, headers={"Cookie": f"session-{connection.port}={session}"} if session else {})
    answer = connection.getresponse()
    answer.length_read = len(answer.read())
    return answer


def table(title: str, found: list[Times]) -> str:
    """The result in words and numbers, against the first of them."""
    lines = [f"{title:<36}{'median':>10}{'nine in ten between':>26}{'size':>10}{'against it':>13}"]
    for page in found:
        low, high = page.spread
        size = f"{page.size / 1024:>7.0f} KB" if page.size else " " * 10
        lines.append(
            f"  {page.page:<34}{page.median:>7.2f} ms{low:>12.2f} and {high:>6.2f} ms{size}"
            f"{page.median / found[0].median:>11.2f} x"
        )
    return "\n".join(lines)


def cores() -> int:
    return len(os.sched_getaffinity(0))
