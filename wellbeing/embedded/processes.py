"""Starting, waiting for and stopping child processes, and finding those an earlier parent left."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from wellbeing.embedded import signals
from wellbeing.embedded.problems import CannotStart

# Every child carries its VAR_DIR under this name, so that a later start knows it for its own
# whatever its process number.
MARK = "EMBEDDED_IN"


def spawn(command: list[str], *, on_parent_death: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """A child in a session of its own, so that Ctrl-C on the terminal reaches the parent alone."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=signals.dying_with_parent(on_parent_death),
        **options,
    )


def run(command: list[str], *, capture: bool = False, **options) -> str:
    """Runs a command to its end; returns what it printed if `capture` (a few lines, not more).

    Raises CannotStart if it fails, StopAsked if we shall stop.
    """
    process = spawn(command, **options | ({"stdout": subprocess.PIPE} if capture else {}))
    try:
        _finish(process)
    finally:
        stop(process, signal.SIGTERM, patience=10)
    return process.communicate()[0].decode() if capture else ""


@contextmanager
def meanwhile(command: list[str], **options) -> Iterator[None]:
    """Runs a command beside the block, whose end waits for it. Raises as `run` does."""
    process = spawn(command, **options)
    try:
        yield
        _finish(process)
    finally:
        stop(process, signal.SIGTERM, patience=10)


def _finish(process: subprocess.Popen) -> None:
    while (code := _code_within(process, seconds=0.05)) is None:
        signals.check()
    if code != 0:
        signals.check()
        raise CannotStart(f"This failed with exit code {code}: {shlex.join(process.args)}")


watched: dict[str, subprocess.Popen] = {}


@contextmanager
def server(
    name: str, command: list[str], *, ready: Callable[[], bool], log: Path, patience: float, stop_by: int, **options
) -> Iterator[None]:
    """Runs a server while the block runs, from when it answers; `patience` is for its start and its end.

    Raises CannotStart with the end of its log if it does not answer.
    """
    log.parent.mkdir(exist_ok=True)
    with log.open("a") as output:
        process = spawn(command, on_parent_death=stop_by, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        _wait_until(ready, process, name=name, log=log, patience=patience)
        watched[name] = process
        yield
    finally:
        watched.pop(name, None)
        stop(process, stop_by, patience=patience)


def ended_servers() -> list[str]:
    """The names of the servers that have ended although nobody stopped them."""
    return [name for name, process in watched.items() if process.poll() is not None]


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen, *, name: str, log: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not ready():
        signals.check()
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"{name} did not start. The end of {log}:\n{_tail(log)}")
        time.sleep(0.05)


def stop(process: subprocess.Popen, signum: int, *, patience: float) -> None:
    """Stops a child and whatever it started: first by `signum`, after `patience` seconds by force."""
    family = descendants(process)
    if process.poll() is None:
        process.send_signal(signum)
        if _code_within(process, seconds=patience) is None:
            process.kill()
            process.wait()
    kill(family, patience=1)


def kill(family: Iterable[psutil.Process], *, patience: float) -> None:
    """Ends by force what has not ended within `patience` seconds."""
    _, alive = psutil.wait_procs(list(family), timeout=patience)
    for process in alive:
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs(alive, timeout=5)


def stop_leftovers(var_dir: Path, data_dir: Path) -> int:
    """Stops what a killed parent left running on this VAR_DIR; returns how many processes.

    Postgres overwrites its environment, but its working directory is the data it serves.
    """
    marked = _found(lambda process: process.environ().get(MARK) == str(var_dir))
    postgres = _found(lambda process: process.name() == "postgres" and Path(process.cwd()) == data_dir)
    _stop_heads(marked, signal.SIGTERM, patience=3)  # their broker may be gone, so that they end late or never
    _stop_heads(postgres, signal.SIGINT, patience=30)
    return len(marked) + len(postgres)


def _found(belongs: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [process for process in psutil.process_iter() if process.pid not in own and _holds(belongs, process)]


def _holds(belongs: Callable[[psutil.Process], bool], process: psutil.Process) -> bool:
    try:
        return belongs(process)
    except (psutil.Error, OSError):
        return False


def _stop_heads(found: list[psutil.Process], signum: int, *, patience: float) -> None:
    pids = {process.pid for process in found}
    for process in found:
        try:
            if process.ppid() not in pids:
                process.send_signal(signum)
        except psutil.Error:
            continue
    kill(found, patience=patience)


def descendants(process: subprocess.Popen) -> list[psutil.Process]:
    """Whatever a child started and that still runs."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        return []


def _code_within(process: subprocess.Popen, *, seconds: float) -> int | None:
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(empty)"
