"""docs/deploying.md: what it tells an operator is so."""

import base64
import os
import re
import subprocess
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from tests import production
from tests.contact.asking import asked
from tests.databases import ROOT, as_superuser
from tests.factories.people import PersonFactory
from wellbeing.confidential import key_check, vault
from wellbeing.embedded import postgres
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

DEPLOYING = (ROOT / "docs" / "deploying.md").read_text()


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
    """The name of a database that is there after `restore`, until the test ends."""
    name = f"{os.environ['DATABASE_NAME']}_restored"
    yield name
    with as_superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def run_program(name: str, *arguments: str, login: str = "postgres", password: str = "") -> None:
    program = postgres.packaged_programs() / name
    command = [str(program), "-h", os.environ["DATABASE_HOST"], "-U", login, *arguments]
    done = subprocess.run(command, env={"PGPASSWORD": password}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def dump_to(path: Path) -> None:
    password, database = os.environ["DATABASE_PASSWORD_BACKUP"], os.environ["DATABASE_NAME"]
    left_out = re.findall(r"--exclude-table-data=\w+", DEPLOYING)
    arguments = ["-d", database, "-Fc", "-f", str(path), *left_out]
    run_program("pg_dump", *arguments, login="wellbeing_backup", password=password)


def restore(path: Path, database: str) -> None:
    with as_superuser() as cursor:
        cursor.execute("SELECT pg_advisory_lock(2)")  # the logins are the whole server's: one test at a time sets them
        postgres.make_logins(Path(os.environ["DATABASE_HOST"]), dict(os.environ) | {"DATABASE_NAME": database})
    run_program("pg_restore", "-d", database, "--exit-on-error", str(path))


def test_a_backup_can_be_restored_and_holds_nobody_who_asked_to_be_contacted(
    transactional_db, restored, tmp_path, browse_as, asha, spoc
):
    PersonFactory(known_as="Kept", last_name="Safe")
    asked(browse_as(asha), spoc.spoc)
    dump_to(tmp_path / "portal.dump")

    restore(tmp_path / "portal.dump", restored)

    with as_superuser(restored) as cursor:
        cursor.execute("SET ROLE wellbeing_app")
        cursor.execute("SELECT count(*) FROM people_person WHERE last_name = 'Safe'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (Person.objects.count(),)
    for database, kept in ((os.environ["DATABASE_NAME"], 1), (restored, 0)):
        with as_superuser(database) as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM contact_request), (SELECT count(*) FROM contact_weekkey)")
            assert cursor.fetchone() == (kept, kept)


# --- Confidential text and its keys -----------------------------------------------------------------

WITH_VAULT = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
WORDS = "Tired since the night shifts began"
START_WEB = "import wellbeing.wsgi"
OPEN = """
from wellbeing.confidential import vault
from wellbeing.people.models import Person
from wellbeing.web.identity import acting_as

reader = Person.objects.get(pk={reader})
with acting_as(reader):
    record = vault.find("{record}", by=reader)
    print(vault.open_record(record, by=reader, why="reading").latest.answers["how"])
"""


@pytest.fixture
def record(transactional_db, asha, ben):
    """A 1-1 that Ben wrote about Asha and has read once, in a portal whose web has started with its keys; its key."""
    key_check.check()
    key = uuid.uuid4()
    with acting_as(ben):
        vault.seal(record=key, by=ben, kind="one_to_one", subject=asha, answers={"how": WORDS})
    with acting_as(ben):
        vault.open_record(vault.find(key, by=ben), by=ben, why="reading")
    return key


@pytest.fixture
def recovered(record, restored, tmp_path):
    """The database of a backup, restored to be a real portal's."""
    dump_to(tmp_path / "portal.dump")
    restore(tmp_path / "portal.dump", restored)
    with as_superuser(restored) as cursor:
        cursor.execute("DELETE FROM demo_marker")
    return restored


def written_as(secret: bytes) -> list[bytes]:
    """How it may stand somewhere: as it is, in hexadecimal, and in base64, at whichever byte it begins there."""
    in_base64 = [base64.b64encode(bytes(before) + secret) for before in range(3)]
    return [secret, secret.hex().encode(), *(text[4 * (before > 0) : -4] for before, text in enumerate(in_base64))]


def contents(dump: bytes) -> bytes:
    """All that a dump in SQL says, and besides it what its binary values hold."""
    return dump + b"".join(bytes.fromhex(value.decode()) for value in re.findall(rb"\\x([0-9a-f]+)", dump))


@WITH_VAULT
def test_the_custodians_copy_of_the_keys_opens_a_restored_backup(recovered, record, ben, tmp_path):
    copy = tmp_path / "from-the-safe"
    copy.write_text(os.environ["VAULT_KEYS"])
    code = START_WEB + OPEN.format(reader=ben.pk, record=record)
    done = production.python(code, DATABASE_NAME=recovered, VAULT_KEYS="", VAULT_KEYS_FILE=str(copy))

    assert (done.returncode, done.stdout) == (0, f"{WORDS}\n"), done.stderr
    log = production.manage("verify_read_log", DB_LOGIN="backup", DATABASE_NAME=recovered)
    assert (log.returncode, log.stdout) == (0, "The read log is whole: 2 lines in 1 chains.\n"), log.stderr


@WITH_VAULT
def test_without_the_right_key_the_web_does_not_start_on_a_restored_backup(recovered):
    key_id, other = next(iter(settings.VAULT_KEYS)), base64.b64encode(bytes(32)).decode()
    refusals = {
        "": "VAULT_KEYS is missing",
        f"another:{other}": f"The key {key_id!r} is not in VAULT_KEYS, and texts are sealed with it.",
        f"{key_id}:{other}": f"The key {key_id!r} of VAULT_KEYS is not the one that this database knows.",
    }
    for ring, sentence in refusals.items():
        done = production.python(START_WEB, DATABASE_NAME=recovered, VAULT_KEYS=ring)
        assert (done.returncode, sentence in done.stderr) == (1, True), done.stderr


@WITH_VAULT
def test_a_backup_holds_neither_the_text_nor_the_key(record, tmp_path):
    dump_to(tmp_path / "portal.dump")
    run_program("pg_restore", "-f", str(tmp_path / "portal.sql"), str(tmp_path / "portal.dump"))
    found = contents((tmp_path / "portal.sql").read_bytes())

    with as_superuser(os.environ["DATABASE_NAME"]) as cursor:
        cursor.execute("SELECT sealed FROM confidential_body")
        assert bytes(cursor.fetchone()[0]) in found
    for secret in (WORDS.encode(), *settings.VAULT_KEYS.values()):
        assert [form for form in written_as(secret) if form in found] == []
