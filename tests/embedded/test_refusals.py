"""What keeps the portal from starting is told in one sentence, before any long work."""

import os
import socket
import subprocess
import sys
import time

import pytest

from tests.databases import ROOT
from tests.embedded.copies import TERMINAL
from wellbeing.embedded import folders, servers
from wellbeing.embedded.problems import CannotStart

AS_ROOT = os.geteuid() == 0


def refusal(**variables) -> str:
    """What `python -m wellbeing.embedded` says when it does not start."""
    environment = {name: value for name, value in os.environ.items() if name.startswith(TERMINAL)} | variables
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "wellbeing.embedded"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert time.monotonic() - began < 20
    assert "Starting" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def var_dir(tmp_path):
    yield tmp_path / "var"
    folders.forget(tmp_path / "var")


def test_a_port_in_use(var_dir):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in refusal(VAR_DIR=str(var_dir), PORT=str(port))


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none(var_dir, port):
    assert "PORT must be a number" in refusal(VAR_DIR=str(var_dir), PORT=port)


def test_a_second_copy_on_the_same_folder(var_dir):
    var_dir.mkdir()
    with folders.locked(var_dir):
        said = refusal(VAR_DIR=str(var_dir))
    assert f"Another copy of the portal is running on {var_dir} (process {os.getpid()})" in said


def test_a_file_where_the_folder_should_be(var_dir):
    var_dir.write_text("")
    assert "cannot be made" in refusal(VAR_DIR=str(var_dir))


@pytest.mark.skipif(not AS_ROOT, reason="only root can give a folder away")
def test_somebody_elses_folder(var_dir):
    var_dir.mkdir()
    os.chown(var_dir, 1, 1)
    assert "belongs to daemon, and you are root" in refusal(VAR_DIR=str(var_dir))


def test_half_of_ones_own_servers(var_dir):
    assert "set both DATABASE_HOST and REDIS_URL" in refusal(VAR_DIR=str(var_dir), DATABASE_HOST="db")


def test_ones_own_server_without_passwords(var_dir):
    said = refusal(VAR_DIR=str(var_dir), DATABASE_HOST="db", REDIS_URL="redis://broker", DATABASE_PASSWORD_APP="x")
    assert "needs DATABASE_PASSWORD_OWNER, DATABASE_PASSWORD_WORKER, DATABASE_PASSWORD_READER too" in said


def test_a_full_disk(var_dir, monkeypatch):
    monkeypatch.setattr(folders, "NEEDED_MEGABYTES", 10**9)
    with pytest.raises(CannotStart, match="nearly full"):
        folders.prepare(var_dir)


def test_data_of_another_postgres(var_dir):
    with servers(var_dir):
        pass
    version = (var_dir / "postgres").resolve() / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(CannotStart, match="are of Postgres 16"), servers(var_dir):
        pytest.fail("it started")
