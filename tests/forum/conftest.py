import os
import shutil
import subprocess

import pytest

from tests.factories import forum
from tests.factories.people import PersonFactory
from wellbeing.web.identity import acting_as


@pytest.fixture
def representative(station, secretary):
    """Rita, who represents UNISON."""
    person = PersonFactory(known_as="Rita", last_name="Unison", station=station)
    forum.seat(person, by=secretary)
    return person


@pytest.fixture
def deputy(station, secretary):
    """Dan, deputy of whoever represents UNISON."""
    person = PersonFactory(known_as="Dan", last_name="Deputy", station=station)
    forum.seat(person, by=secretary, deputy=True)
    return person


@pytest.fixture
def former(station, secretary):
    """Fay, whose term is over."""
    person = PersonFactory(known_as="Fay", last_name="Former", station=station)
    term = forum.seat(person, forum.strand("HR"), by=secretary)
    with acting_as(secretary):
        term.ends_on = term.starts_on
        term.save()
    return person


@pytest.fixture
def calendar_program(tmp_path):
    """`calendar_program(*what)`: khal from Debian, with a calendar of its own; returns what it prints."""
    if not shutil.which("khal"):
        pytest.skip("khal is not installed")
    (tmp_path / "calendar").mkdir()
    (tmp_path / "config").write_text(
        f"[calendars]\n[[work]]\npath = {tmp_path}/calendar\n[locale]\nlocal_timezone = Europe/London\n"
        "default_timezone = Europe/London\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    home = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}

    def run(*what: str, content: bytes | None = None) -> str:
        files = []
        if content is not None:
            (tmp_path / "meeting.ics").write_bytes(content)
            files = [str(tmp_path / "meeting.ics")]
        command = ["khal", "-c", str(tmp_path / "config"), *what, *files]
        done = subprocess.run(command, env=home, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
