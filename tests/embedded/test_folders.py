"""Temporary folders of killed copies are swept away; nothing else is."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from wellbeing.embedded import folders


@pytest.fixture
def base(monkeypatch):
    """A temporary folder with a short name, in place of the machine's."""
    with tempfile.TemporaryDirectory(prefix="t") as base:
        monkeypatch.setattr(tempfile, "tempdir", base)
        yield Path(base)


def folder_of_a_copy(base, name, *, minutes_old, in_use_file=True):
    folder = base / f"{folders.SHORT_PREFIX}{name}"
    folder.mkdir()
    if in_use_file:
        (folder / folders.IN_USE).touch()
    then = time.time() - minutes_old * 60
    os.utime(folder, (then, then))
    return folder


def names_left(base):
    with folders.short_folder() as own:
        return {path.name for path in base.iterdir()} - {own.name}


def test_the_folder_of_a_killed_copy_goes(base):
    folder_of_a_copy(base, "killed", minutes_old=2)
    assert names_left(base) == set()


def test_the_folder_of_a_copy_that_is_just_starting_stays(base):
    young = folder_of_a_copy(base, "young", minutes_old=0.5)
    assert names_left(base) == {young.name}


def test_the_folder_of_a_running_copy_stays(base):
    with folders.short_folder() as running:
        then = time.time() - 600
        os.utime(running, (then, then))
        assert names_left(base) == {running.name}


def test_a_folder_that_is_no_copys_stays(base):
    other = folder_of_a_copy(base, "of-somebody", minutes_old=600, in_use_file=False)
    (other / "lock").touch()
    assert names_left(base) == {other.name}


def test_a_link_is_not_followed(base):
    (base / "elsewhere").mkdir()
    target = folder_of_a_copy(base / "elsewhere", "real", minutes_old=600)
    (base / f"{folders.SHORT_PREFIX}link").symlink_to(target)
    assert names_left(base) == {"elsewhere", f"{folders.SHORT_PREFIX}link"}
    assert target.exists()


def test_a_long_temporary_folder_is_not_used_for_sockets(base, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(base / ("long" * 20)))
    with folders.short_folder() as own:
        assert len(str(own / "postgres" / ".s.PGSQL.5432")) < 100
