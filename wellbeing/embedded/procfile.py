"""Running the processes of the Procfile until they are stopped or one of them ends.

honcho reads the file and prints the lines. Its manager is not used: it puts its helpers in the
terminal's process group, kills after five seconds what may be finishing a task, and leaves
processes behind when it is itself killed.
"""

import datetime
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from honcho.colour import get_colours
from honcho.environ import parse_procfile
from honcho.printer import Message, Printer

from wellbeing.embedded import environment, processes, signals

STOP_PATIENCE = 25  # seconds for web and worker to finish what they are at
LOGINS = {"web": "app", "worker": "worker", "beat": "worker"}


@dataclass
class Running:
    """The running processes, their output on the terminal."""

    printer: Printer = field(default_factory=lambda: Printer(sys.stdout, width=8))
    children: dict[str, subprocess.Popen] = field(default_factory=dict)
    outputs: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def start(self, name: str, command: str, colour: str, **options) -> None:
        child = processes.spawn(["/bin/sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
        self.children[name] = child
        self.outputs.register(child.stdout, selectors.EVENT_READ, (name, colour))

    def print_output(self, *, seconds: float) -> None:
        """Prints what the processes write within the next `seconds`."""
        if not self.outputs.get_map():
            time.sleep(seconds)
        for ready, _ in self.outputs.select(timeout=seconds):
            line = ready.fileobj.readline()
            if line:
                self.print_line(*ready.data, line)
            else:
                self.outputs.unregister(ready.fileobj)

    def print_line(self, name: str, colour: str | None, line: bytes | str) -> None:
        try:
            self.printer.write(Message("line", line, datetime.datetime.now(), name, colour))
        except OSError:  # the terminal is gone; the processes are stopped in order all the same
            return

    def ended(self) -> list[str]:
        return [name for name, child in self.children.items() if child.poll() is not None]

    def stop(self) -> None:
        """Asks all to end, waits while they finish, and ends by force what does not."""
        family = [member for child in self.children.values() for member in processes.descendants(child)]
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_PATIENCE
        while len(self.ended()) < len(self.children) and time.monotonic() < deadline:
            self.print_output(seconds=0.1)
        for child in self.children.values():
            processes.stop(child, signal.SIGKILL, patience=5)
        processes.kill(family, patience=1)


def run_procfile(path: Path, known: dict[str, str], *, when_started: Callable[[], None]) -> int:
    """Runs the processes; returns 0 after a stop that was asked for, 1 after one ended by itself."""
    running, colours = Running(), get_colours()
    try:
        for name, command in parse_procfile(path.read_text()).processes.items():
            known_to_it = environment.for_login(known, LOGINS.get(name, "app"))
            running.start(name, command, next(colours), env=known_to_it, cwd=path.parent)
        when_started()
        while not (ended := running.ended() + processes.ended_servers()):
            running.print_output(seconds=0.2)
            if signals.asked():
                return 0
        running.print_line("system", None, f"{', '.join(ended)} ended by itself: stopping everything")
        return 1
    finally:
        running.print_line("system", None, "Stopping web, worker and scheduler")
        running.stop()
