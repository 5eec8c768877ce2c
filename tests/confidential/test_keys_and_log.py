"""Keys are the right ones or the web does not start; a read log that was touched is found out."""

import base64
import os
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.db import connection

from tests.databases import ROOT, as_superuser
from wellbeing.confidential import vault
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

NEW = f"new:{base64.b64encode(bytes(32)).decode()}"


def run(*command: str, login: str, **environment: str) -> subprocess.CompletedProcess:
    known = os.environ | {"DB_LOGIN": login, "DJANGO_SETTINGS_MODULE": "wellbeing.settings"} | environment
    return subprocess.run([sys.executable, *command], env=known, cwd=ROOT, capture_output=True, text=True, timeout=60)


def manage(*command: str, login: str, **environment: str):
    return run("manage.py", *command, login=login, **environment)


def start_web(keys: str):
    return run("-W", "ignore", "-c", "import wellbeing.wsgi", login="app", VAULT_KEYS=keys)


@pytest.fixture
def read(asha, ben):
    """Four readings by Ben of one 1-1 with Asha; the record's key."""
    key = uuid.uuid4()
    with acting_as(ben):
        vault.seal(record=key, by=ben, kind="one_to_one", subject=asha, answers={"how": "Words"})
    for _ in range(4):
        with acting_as(ben):
            vault.open_record(vault.find(key, by=ben), by=ben, why="reading")
    return key


def superuser(*statements: str) -> None:
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("set session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)


def test_a_wrong_or_missing_key_keeps_the_web_from_starting(read):
    assert start_web(os.environ["VAULT_KEYS"]).returncode == 0
    key_id = os.environ["VAULT_KEYS"].partition(":")[0]

    wrong = start_web(f"{key_id}:{base64.b64encode(bytes(32)).decode()}")
    assert (wrong.returncode, "is not the one that this database knows" in wrong.stderr) == (1, True)
    missing = start_web(NEW)
    assert (missing.returncode, "is not in VAULT_KEYS" in missing.stderr) == (1, True)


def test_a_key_that_nothing_is_sealed_with_keeps_nobody_from_starting(read):
    """Neither one that somebody has planted, nor one that was named and never used, under its own name or another."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select confidential_register_key('planted', 'x'), confidential_register_key('new', 'x')")
    assert start_web(os.environ["VAULT_KEYS"]).returncode == 0
    both = start_web(f"{NEW},{os.environ['VAULT_KEYS']}")
    assert both.returncode == 0, both.stderr
    assert start_web(f"{NEW},{os.environ['VAULT_KEYS']}").returncode == 0


@pytest.mark.parametrize("login", ["app", "worker"])
def test_nobody_but_its_own_login_rotates_or_verifies(db, login):
    for command in ("rotate_keys", "verify_read_log", "export_log_heads"):
        assert manage(command, login=login).returncode == 1


def test_an_untouched_log_is_whole(read, tmp_path):
    heads = tmp_path / "heads"
    assert manage("export_log_heads", "--output", str(heads), login="backup").returncode == 0
    done = manage("verify_read_log", "--heads", str(heads), login="backup")

    assert (done.returncode, done.stdout) == (0, "The read log is whole: 4 lines in 1 chains.\n"), done.stderr


@pytest.mark.parametrize(
    ("tampering", "place"),
    [
        ("update confidential_readlog set reader_id = reader_id + 1 where number = 2", "line 2"),
        ("delete from confidential_readlog where number = 2", "line 3"),
        ("delete from confidential_readlog where number = 4", "line 4"),
        ("delete from confidential_loghead", "line 1"),
        (
            "insert into confidential_readlog (subject_id, number, at, reader_id, record_id, kind, outcome, via, why,"
            " told_from, hash, xact)"
            " select subject_id, 5, at, reader_id, record_id, kind, outcome, via, why, told_from, hash, xact"
            " from confidential_readlog where number = 4",
            "line 5",
        ),
    ],
)
def test_a_log_that_was_touched_is_found_out(read, tampering, place):
    superuser(tampering)
    done = manage("verify_read_log", login="backup")

    assert done.returncode == 1
    assert place in done.stderr


def test_a_chain_written_anew_is_found_by_its_exported_head_alone(read, tmp_path):
    heads = tmp_path / "heads"
    manage("export_log_heads", "--output", str(heads), login="backup")
    superuser(
        "delete from confidential_readlog where number = 4",
        "update confidential_loghead set count = 3, hash = (select hash from confidential_readlog where number = 3)",
    )

    assert manage("verify_read_log", login="backup").returncode == 0
    done = manage("verify_read_log", "--heads", str(heads), login="backup")
    assert (done.returncode, "the exported line is missing" in done.stderr) == (1, True)


def test_a_log_that_its_owner_emptied_is_found_by_its_exported_head(read, tmp_path):
    """By the owner's way in, which leaves every hash as it was: a purge that nobody's period allowed."""
    heads = tmp_path / "heads"
    manage("export_log_heads", "--output", str(heads), login="backup")
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("set role wellbeing_keeper")
        cursor.execute("update confidential_loghead set purged = count, purged_hash = hash, purged_on = current_date")
        cursor.execute("delete from confidential_readlog")

    done = manage("verify_read_log", "--heads", str(heads), login="backup")
    assert (done.returncode, "was taken off before its time" in done.stderr) == (1, True)
