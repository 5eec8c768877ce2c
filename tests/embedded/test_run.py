"""`make run`: what it leaves running, what it leaves behind, and what it keeps."""

import os
import pty
import re
import signal
import subprocess
import time

import psutil
import pytest

from tests.embedded.copies import RUNNING, wait_until_gone

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def order_of_stopping(said: str) -> list[str]:
    return re.findall(r"Stopping (web|Valkey|Postgres)", said)


def test_it_stops_in_order_and_leaves_nothing(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    short = copy.short_folder
    assert short.exists()
    copy.stop()
    assert order_of_stopping(copy.said()) == ["web", "Valkey", "Postgres"]
    assert "received fast shutdown request" in (copy.var_dir / "logs" / "postgres.log").read_text()
    assert "database system is shut down" in (copy.var_dir / "logs" / "postgres.log").read_text()
    assert copy.left_running() == []
    assert not short.exists()


def test_the_web_has_the_vaults_keys_and_the_worker_and_scheduler_have_none(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    told = {name: [] for name in ("gunicorn", "worker", "beat")}
    for process in copy.parent.children(recursive=True):
        for name in told:
            if name in process.cmdline():
                known = process.environ()
                told[name].append({variable for variable in known if variable.startswith(("VAULT", "DATABASE_PASS"))})
    copy.stop()

    assert len(told["gunicorn"]) > 1
    assert all(
        known == {"DATABASE_PASSWORD_APP", "DATABASE_PASSWORD_READER", "VAULT_KEYS"} for known in told["gunicorn"]
    )
    assert told["worker"]
    assert told["beat"]
    assert all(known == {"DATABASE_PASSWORD_WORKER"} for known in told["worker"] + told["beat"])


def test_a_signal_to_the_parent_alone_stops_all(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    copy.parent.send_signal(signal.SIGTERM)
    assert copy.make.wait(timeout=60) == 0
    assert copy.left_running() == []


def test_ctrl_c_on_a_terminal_stops_all_in_order(copy_of_portal):
    copy = copy_of_portal(set_up=True)
    controller, terminal = pty.openpty()
    copy.begin = 0
    copy.make = subprocess.Popen(
        ["setsid", "--ctty", "--wait", "make", "run"],
        cwd=copy.tree,
        env=copy.environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    said = read_until(controller, RUNNING, seconds=150)
    os.write(controller, b"\x03")
    said = read_until(controller, None, seconds=60)
    copy.make.wait(timeout=10)
    os.close(controller)
    assert order_of_stopping(said) == ["web", "Valkey", "Postgres"]
    assert "Traceback" not in said
    assert copy.left_running() == []


def read_until(controller: int, text: str | None, *, seconds: float) -> str:
    """What the terminal shows, until `text` stands there or, without one, until it is closed."""
    said, deadline = "", time.monotonic() + seconds
    while text is None or text not in said:
        assert time.monotonic() < deadline, said
        try:
            said += os.read(controller, 4096).decode(errors="replace")
        except OSError:  # the last process has closed the terminal
            break
    return said


def test_after_kill_9_nothing_stays_and_the_data_are_kept(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    people = copy.count_people()
    short = copy.short_folder
    copy.parent.kill()
    copy.make.wait(timeout=10)
    wait_until_gone(copy, seconds=30)
    began = time.monotonic()
    copy.start()
    assert time.monotonic() - began < 30
    assert copy.count_people() == people == 400
    assert short != copy.short_folder
    copy.stop()


def test_a_start_right_after_kill_9_waits_for_what_is_left(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    copy.parent.kill()
    copy.make.wait(timeout=10)
    copy.start()
    assert copy.count_people() == 400
    copy.stop()
    assert copy.left_running() == []


def test_without_the_kernels_help_a_later_start_finds_what_was_left(copy_of_portal):
    """As on a machine that knows no parent-death signal: the processes are stopped before it reaches them."""
    copy = copy_of_portal(set_up=True).start()
    frozen = [process for process in copy.parent.children(recursive=True) if process.name() != "postgres"]
    for process in frozen:
        process.suspend()  # they get the signal only once they are continued
    copy.parent.kill()
    copy.make.wait(timeout=10)
    assert copy.left_running() != []
    copy.start()
    assert "that an earlier run had left" in copy.said()
    assert [process for process in frozen if process.is_running() and process.status() != psutil.STATUS_ZOMBIE] == []
    copy.stop()


def test_if_make_is_killed_all_stops(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    copy.make.kill()
    copy.make.wait(timeout=10)
    wait_until_gone(copy, seconds=60)


@pytest.mark.parametrize(
    ("moment", "signum"),
    [
        ("Starting Postgres", signal.SIGTERM),
        ("Collecting", signal.SIGTERM),
        ("Demo data:", signal.SIGINT),
        ("Starting web", signal.SIGTERM),
    ],
)
def test_a_signal_during_set_up_leaves_nothing(copy_of_portal, moment, signum):
    copy = copy_of_portal(set_up=moment == "Starting web").start(until=moment)  # where set-up is over
    copy.stop(signum)
    assert "Traceback" not in copy.said()
    assert copy.left_running() == []
    assert copy.start().count_people() == 400
    copy.stop()


def test_two_copies_run_side_by_side(copy_of_portal):
    one, other = copy_of_portal("one", set_up=True), copy_of_portal("other", PEOPLE="410")
    one.start()
    other.start()
    assert (one.count_people(), other.count_people()) == (400, 410)
    one.stop()
    assert other.browser().open(other.address("/livez/")).status == 200
    other.stop()
    assert one.left_running() == other.left_running() == []


def test_a_process_that_ends_by_itself_ends_the_run(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    worker = next(child for child in copy.parent.children() if "worker" in child.cmdline())
    worker.kill()
    assert copy.make.wait(timeout=60) != 0
    assert "worker ended by itself" in copy.said()
    assert copy.left_running() == []


def test_a_database_that_dies_ends_the_run(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    next(child for child in copy.parent.children() if child.name() == "postgres").kill()
    assert copy.make.wait(timeout=60) != 0
    assert "Postgres ended by itself" in copy.said()
    assert copy.left_running() == []


def test_demo_data_reaches_the_running_copy(copy_of_portal):
    copy = copy_of_portal(set_up=True).start()
    done = subprocess.run(
        ["make", "demo-data"], cwd=copy.tree, env=copy.environment, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, "400 people" in done.stdout) == (0, True), done.stdout + done.stderr
    copy.stop()


def test_demo_data_starts_servers_for_itself(copy_of_portal):
    copy = copy_of_portal().start(target="demo-data", until="400 people")
    assert copy.make.wait(timeout=30) == 0
    assert copy.left_running() == []
    assert copy.start().count_people() == 400
    copy.stop()
