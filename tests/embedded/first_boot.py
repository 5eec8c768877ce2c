"""One first boot for many tests: a VAR_DIR that is set up, with 400 invented people, and copies of it.

A first boot takes ten seconds on an idle machine and half a minute beside other tests. The tests that are about it
make their own; the others start where a second `make run` would.
"""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from tests.embedded.copies import Copy
from wellbeing.embedded import folders, postgres

# What set-up makes. The rest belongs to a run: its logs, its lock, what waits in Valkey and in beat's schedule.
MADE_BY_SET_UP = ("portal.env", "demo-token", "static")


def copy_set_up(var_dir: Path) -> None:
    """Makes `var_dir` a folder as it is after a first boot that was stopped in order."""
    original = _set_up_once()
    var_dir.mkdir(mode=0o700, exist_ok=True)
    for name in MADE_BY_SET_UP:
        _copy(original / name, var_dir / name)
    copy_data(postgres.data_folder(var_dir.resolve()))


def copy_data(data: Path) -> None:
    """Postgres's data alone, as the folder `data`."""
    _copy(_set_up_once() / "data", data)


def _set_up_once() -> Path:
    """What is copied: made by the first process that asks, for all processes of these tests; gone at their end."""
    made = Path(os.environ["TESTS_FOLDER"], "set-up")
    with made.with_name("set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _boot().rename(made)
    return made


def _boot() -> Path:
    folder = Path(os.environ["TESTS_FOLDER"], "first-boot")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = Copy(folder).start(target="demo-data", until="400 people")
    assert copy.make.wait(timeout=150) == 0, copy.said()
    made = folder / "made"
    made.mkdir()
    for name in MADE_BY_SET_UP:
        _copy(copy.var_dir / name, made / name)
    _copy((copy.var_dir / "postgres").resolve(), made / "data")
    folders.forget(copy.var_dir)
    return made


def _copy(source: Path, target: Path) -> None:
    """With its owner, which under root is not ours, and its mode."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
