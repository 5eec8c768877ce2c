"""What a newcomer does: clone, `make run`, look around, stop. And an operator: the same on servers of one's own."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import urllib.error
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.embedded.copies import Copy
from wellbeing.embedded import servers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
AS_ROOT = os.geteuid() == 0
PYTHONS = ("/usr/bin/python3.11", "/usr/local/bin/python3.11", "/usr/bin/python3", "/usr/local/bin/python3")


@pytest.fixture
def open_folder():
    """A folder that other users can reach, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="portal-clone-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def python_for_all() -> str:
    """A Python that other users may run; the one of these tests may lie in somebody's home."""
    fitting = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    for python in PYTHONS:
        if Path(python).exists() and subprocess.run([python, "-c", fitting], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return pytest.skip("no Python 3.11 with ensurepip in a place that all users reach")


def commands_without_node(folder: Path) -> Path:
    """A folder of the machine's commands, but for npm and node: most machines have none."""
    folder.mkdir()
    for command in (path for place in ("/usr/bin", "/bin", "/usr/local/bin") for path in Path(place).iterdir()):
        if command.name not in ("npm", "npx", "node", "nodejs") and not (folder / command.name).is_symlink():
            (folder / command.name).symlink_to(command)
    return folder


def clone(folder: Path) -> Path:
    subprocess.run(["git", "-c", "safe.directory=*", "clone", "--quiet", str(ROOT), str(folder / "clone")], check=True)
    return folder / "clone"


def look_around(copy: Copy) -> None:
    browser = copy.signed_in("hr")
    for path in ("/", "/champions/", "/urgent/"):
        with browser.open(copy.address(path), timeout=20) as answer:
            assert answer.status == 200
            assert b"<h1" in answer.read()
    wait_until_healthy(copy)


def wait_until_healthy(copy: Copy, *, seconds: float = 60) -> None:
    """The worker may be busy with a new portal's first tasks, and its heartbeat late on a busy machine."""
    deadline = time.monotonic() + seconds
    while (said := health_of(copy))["status"] != "ok":
        assert time.monotonic() < deadline, said
        time.sleep(1)


def health_of(copy: Copy) -> dict:
    try:
        with copy.browser().open(copy.address("/healthz/"), timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as unwell:
        return json.load(unwell)


def test_a_clean_clone_boots_serves_and_stops(copy_of_portal, open_folder):
    copy = copy_of_portal(tree=clone(open_folder), PEOPLE="")
    copy.start(seconds=600)
    assert copy.count_people() == 7000
    look_around(copy)
    copy.stop()
    assert copy.left_running() == []


@pytest.mark.skipif(not AS_ROOT, reason="these tests run as an ordinary user already")
def test_a_clean_clone_boots_as_an_ordinary_user_without_npm(copy_of_portal, open_folder):
    nobody = pwd.getpwnam("nobody")
    tree = clone(open_folder)
    for path in (open_folder, *open_folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    copy = copy_of_portal(
        folder=open_folder,
        tree=tree,
        as_user=nobody.pw_uid,
        PYTHON=python_for_all(),
        HOME=str(open_folder),
        PATH=str(commands_without_node(open_folder / "bin")),
    )
    copy.start(seconds=600)
    assert copy.parent.username() == "nobody"
    assert not (copy.var_dir / "postgres").is_symlink()
    look_around(copy)
    copy.stop()
    assert copy.left_running() == []


def test_with_servers_of_ones_own_nothing_is_embedded(copy_of_portal, tmp_path):
    with servers(tmp_path / "own", throwaway=True) as own:
        given = {name: value for name, value in own.items() if name != "SECRET_KEY"}
        copy = copy_of_portal(**given).start()
        assert "Using the servers" in copy.said()
        started = {process.name() for process in copy.parent.children(recursive=True)}
        assert started.isdisjoint({"postgres", "valkey-server"})
        look_around(copy)
        copy.stop()
        assert copy.left_running() == []
