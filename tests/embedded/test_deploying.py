"""docs/deploying.md: what it tells an operator is so."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.urls import resolve

from tests.databases import ROOT, as_superuser
from tests.factories.people import PersonFactory
from wellbeing.embedded import postgres
from wellbeing.people.models import Person

DEPLOYING = (ROOT / "docs" / "deploying.md").read_text()
RESTORED = "restored_from_backup"


def test_every_variable_that_is_read_is_documented():
    settings = re.findall(r"env(?:\.\w+)?\(\"(\w+)\"", (ROOT / "wellbeing" / "settings.py").read_text())
    gunicorn = re.findall(r"environ\.get\([\"'](\w+)[\"']", (ROOT / "gunicorn.conf.py").read_text())
    assert {"SECRET_KEY", "EMAIL_URL"} <= set(settings)
    assert "WEB_WORKERS" in gunicorn
    assert [name for name in {*settings, *gunicorn} if f"`{name}`" not in DEPLOYING] == []


def test_the_processes_are_those_of_the_procfile():
    documented = re.findall(r"\| `(python -m [^`]+)` \|", DEPLOYING)
    procfile = (ROOT / "Procfile").read_text()
    assert [command.split()[2] for command in documented] == re.findall(r"python -m (\w+)", procfile)


def test_the_redirect_address_for_the_identity_provider_exists():
    address = re.search(r"`(/account/oidc/[^`]+)`", DEPLOYING)[1]
    assert resolve(address).kwargs == {"provider_id": "force"}


@pytest.fixture
def restored():
    yield RESTORED
    with as_superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")


def run_program(name: str, *arguments: str, login: str, password: str = "") -> None:
    program = postgres.packaged_programs() / name
    command = [str(program), "-h", os.environ["DATABASE_HOST"], "-U", login, *arguments]
    done = subprocess.run(command, env={"PGPASSWORD": password}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_backup_can_be_restored(transactional_db, restored, tmp_path):
    PersonFactory(known_as="Kept", last_name="Safe")
    dump, backup = str(tmp_path / "portal.dump"), os.environ["DATABASE_PASSWORD_BACKUP"]
    database = os.environ["DATABASE_NAME"]
    run_program("pg_dump", "-d", database, "-Fc", "-f", dump, login="wellbeing_backup", password=backup)

    postgres.make_logins(Path(os.environ["DATABASE_HOST"]), dict(os.environ) | {"DATABASE_NAME": restored})
    run_program("pg_restore", "-d", restored, "--exit-on-error", dump, login="postgres")

    with as_superuser(restored) as cursor:
        cursor.execute("SET ROLE wellbeing_app")
        cursor.execute("SELECT count(*) FROM people_person WHERE last_name = 'Safe'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (Person.objects.count(),)
