"""Copies of the portal run by `make run`, as a newcomer runs it, for the tests to start and stop."""

import http.cookiejar
import os
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

import psutil

from tests.databases import ROOT
from wellbeing.embedded import environment, processes
from wellbeing.embedded.portal import unused_port

RUNNING = "Ctrl-C stops everything"
# What a terminal has; nothing of the servers that the tests themselves stand on.
TERMINAL = ("PATH", "HOME", "USER", "LANG", "PIP_", "npm_config_", "SSL_CERT", "NODE_EXTRA", "http", "no_proxy")


class Copy:
    """One VAR_DIR and PORT; `start` it as often as you like. Its output is in `output`."""

    def __init__(self, folder: Path, *, tree: Path = ROOT, as_user: int | None = None, **variables):
        self.var_dir, self.tree, self.as_user = folder / "var", tree, as_user
        self.port = unused_port()
        self.output = folder / "output.txt"
        self.output.touch()
        if as_user is not None:
            os.chown(folder, as_user, as_user)
        self.environment = {name: value for name, value in os.environ.items() if name.startswith(TERMINAL)}
        self.environment |= {"VAR_DIR": str(self.var_dir), "PORT": str(self.port), "PEOPLE": "400"} | variables
        self.make: subprocess.Popen | None = None

    def start(self, *, until: str = RUNNING, seconds: float = 150, target: str = "run") -> "Copy":
        """Starts it and waits until it has printed `until`."""
        user = {"user": self.as_user, "group": self.as_user, "extra_groups": []} if self.as_user else {}
        self.begin = self.output.stat().st_size
        with self.output.open("ab") as output:
            self.make = subprocess.Popen(
                ["make", "--no-print-directory", target],
                cwd=self.tree,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **user,
            )
        return self.wait_for(until, seconds=seconds)

    def wait_for(self, text: str, *, seconds: float) -> "Copy":
        deadline = time.monotonic() + seconds
        while text not in self.said():
            assert self.make.poll() is None, f"it ended with {self.make.returncode}:\n{self.said()}"
            assert time.monotonic() < deadline, f"no {text!r} within {seconds} seconds:\n{self.said()}"
            time.sleep(0.05)
        return self

    def said(self) -> str:
        """What it has printed since it was last started."""
        return self.output.read_bytes()[self.begin :].decode()

    @property
    def parent(self) -> psutil.Process:
        """The one parent process, which make started."""
        started = psutil.Process(self.make.pid).children()
        return next(child for child in started if "wellbeing.embedded" in child.cmdline())

    def stop(self, signum: int = signal.SIGTERM, *, seconds: float = 60) -> int:
        """Sends SIGTERM to make, or SIGINT as a terminal does, to all in it; returns make's exit code."""
        if signum == signal.SIGINT:
            os.killpg(self.make.pid, signum)
        else:
            self.make.send_signal(signum)
        return self.make.wait(timeout=seconds)

    def left_running(self) -> list[str]:
        """The processes of this copy that still run, however they came to be."""
        data = (self.var_dir / "postgres").resolve()
        return [str(process) for process in psutil.process_iter() if self._is_ours(process, data)]

    def _is_ours(self, process: psutil.Process, data: Path) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            if process.name() == "postgres":
                return Path(process.cwd()) == data
            own = process.environ()
            return own.get(processes.MARK) == str(self.var_dir) or own.get("VAR_DIR") == str(self.var_dir)
        except (psutil.Error, OSError):
            return False

    @property
    def short_folder(self) -> Path:
        """The temporary folder of its sockets."""
        return Path(environment.read(self.var_dir)["DATABASE_HOST"]).parent

    # --- As its user ------------------------------------------------------------------------------

    def browser(self) -> urllib.request.OpenerDirector:
        """A browser without a screen: it keeps cookies."""
        return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def address(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    def signed_in(self, member: str) -> urllib.request.OpenerDirector:
        """A browser in which this member of the cast has signed in."""
        browser = self.browser()
        body = urllib.parse.urlencode({"as": member}).encode()
        with browser.open(self.address("/demo/sign-in/"), body, timeout=20) as answer:
            assert answer.status == 200
        return browser

    def count_people(self) -> int:
        """How many people its database holds, asked with the worker's login."""
        import psycopg2

        known = environment.read(self.var_dir)
        connection = psycopg2.connect(
            host=known["DATABASE_HOST"],
            dbname=known["DATABASE_NAME"],
            user="wellbeing_worker",
            password=known["DATABASE_PASSWORD_WORKER"],
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_person")
            count = cursor.fetchone()[0]
        connection.close()
        return count


def wait_until_gone(copy: Copy, *, seconds: float) -> None:
    """Waits for the last process of a copy to end; fails with the names of those that do not."""
    deadline = time.monotonic() + seconds
    while left := copy.left_running():
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
