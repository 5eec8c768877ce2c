"""A new key: all is sealed anew with it, also when the command is killed, or a web goes on sealing with the old."""

import os
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.confidential.test_keys_and_log import NEW, manage, start_web, superuser
from tests.databases import ROOT, as_superuser
from wellbeing.confidential import drafts, key_check, keys, rotation, vault
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

OLD = os.environ["VAULT_KEYS"]
OLD_ID = OLD.partition(":")[0]
BOTH = f"{NEW},{OLD}"
OLD_FIRST = f"{OLD},{NEW}"
FORM = "log:1"
TYPED = {"how": ["Typed and not saved yet"]}
PATIENCE = 30  # seconds


@pytest.fixture(autouse=True)
def known_key(transactional_db):
    """The old key is in use: a web has started with it."""
    key_check.check()


@pytest.fixture
def seal(asha, ben):
    """`seal(number)`: a 1-1 with comments on it, so many texts in all; returns the record's key."""

    def seal(number: int, versions: list[uuid.UUID] | None = None) -> uuid.UUID:
        record, versions = uuid.uuid4(), versions or [uuid.uuid4() for _ in range(number)]
        first = {"kind": "one_to_one", "subject": asha}
        with acting_as(ben):
            vault.seal(record=record, version=versions[0], by=ben, answers={"text": "Words 1"}, **first)
            for seen, version in enumerate(versions[1:]):
                said = {"part": "comment", "replaces": seen, "answers": {"text": f"Words {seen + 2}"}}
                vault.seal(record=record, version=version, by=ben, **said)
        return record

    return seal


def words(*numbers: int) -> list[str]:
    """The words of records with so many texts."""
    return sorted(f"Words {number}" for last in numbers for number in range(1, last + 1))


def opened(records, by, ring: str) -> list[str]:
    """The words of these records, as a portal with these keys opens them."""
    with override_settings(VAULT_KEYS=keys.parse(ring)), acting_as(by):
        found = [vault.open_record(vault.find(record, by=by), by=by, why="reading").texts for record in records]
    return sorted(text.answers["text"] for texts in found for text in texts)


def draft_of(author, ring: str = BOTH, form: str = FORM) -> dict | None:
    with override_settings(VAULT_KEYS=keys.parse(ring)), acting_as(author):
        kept = drafts.find(author=author, form=form)
    return kept and kept.answers


def keep_draft(author, answers: dict, form: str = FORM) -> None:
    with acting_as(author):
        drafts.keep(author=author, form=form, answers=answers)


def asked(question: str) -> list[tuple]:
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def sealed_with() -> dict[str, int]:
    """How many texts stand there by the key that sealed them; drafts too."""
    tables = " union all ".join(f"select key_id from {table}" for table, _ in rotation.TABLES)
    return dict(asked(f"select key_id, count(*) from ({tables}) as sealed group by key_id"))


def keys_in_use() -> set[str]:
    return {key_id for (key_id,) in asked("select key_id from confidential_keycheck")}


def rotate() -> str:
    done = manage("rotate_keys", login="rotator", VAULT_KEYS=BOTH)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- The command under way --------------------------------------------------------------------------


@contextmanager
def rotating():
    """The command in a process of its own, which ends with the block."""
    own = {"DB_LOGIN": "rotator", "VAULT_KEYS": BOTH, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "manage.py", "rotate_keys"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | own, cwd=ROOT, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def last_row_held(table: str, key: str):
    """Somebody else holds the last row that a rotation comes to, so that it does not end within the block."""
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute(f"begin; select from {table} order by {key} desc limit 1 for update")
        yield


@contextmanager
def held_up_at(number: int):
    """A rotation waits before it writes the text of this number, within the block."""
    version = asked(f"select version_id from confidential_body order by version_id offset {number} limit 1")[0][0]
    superuser(
        "create function hold_up() returns trigger language plpgsql as"
        " $$ begin perform pg_advisory_xact_lock(1); return new; end $$",
        "create trigger hold_up before update on confidential_body for each row"
        f" when (old.version_id = '{version}') execute function hold_up()",
    )
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:
        cursor.execute("select pg_advisory_lock(1)")
        yield


def wait_until_held_up(login: str) -> None:
    """Wait until a process with this login waits for a lock."""
    question = f"""select from pg_stat_activity where usename = 'wellbeing_{login}' and wait_event_type = 'Lock'
                   and datname = '{settings.DATABASES["default"]["NAME"]}'"""
    deadline = time.monotonic() + PATIENCE
    while not asked(question):
        assert time.monotonic() < deadline, f"{login} waits for nothing"


def end_of(process: subprocess.Popen, *, code: int = 0) -> str:
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, errors
    return errors


# --- What becomes of it -----------------------------------------------------------------------------


def test_keys_are_rotated_and_the_old_one_may_go(ben, seal):
    record = seal(1)
    assert start_web(BOTH).returncode == 0
    assert "1 texts sealed anew" in rotate()

    assert start_web(NEW).returncode == 0
    assert opened([record], ben, NEW) == words(1)


def test_a_text_that_does_not_open_is_named_and_its_key_stays(seal):
    seal(1)
    superuser("update confidential_body set sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))")
    done = manage("rotate_keys", login="rotator", VAULT_KEYS=BOTH)

    assert done.returncode == 1
    assert "Does not open: confidential_body:sealed:" in done.stderr
    assert "Words" not in done.stdout + done.stderr
    assert OLD_ID in keys_in_use()


def test_a_draft_is_sealed_anew_too(ben):
    keep_draft(ben, TYPED)
    assert "1 texts sealed anew" in rotate()

    assert draft_of(ben, NEW) == TYPED
    assert (sealed_with(), keys_in_use()) == ({"new": 1}, {"new"})


def test_a_rotation_killed_in_the_middle_loses_nothing_and_goes_on_where_it_was(ben, seal):
    records = [seal(101) for _ in range(11)]
    keep_draft(ben, TYPED)
    with held_up_at(750), rotating() as process:
        assert "500 of 1112" in process.stdout.readline()
        wait_until_held_up("rotator")
        process.kill()

    assert sealed_with() == {"new": 500, OLD_ID: 612}
    assert opened(records, ben, BOTH) == words(*[101] * 11)
    assert draft_of(ben) == TYPED
    assert start_web(BOTH).returncode == 0
    assert "is not in VAULT_KEYS, and texts are sealed with it" in start_web(NEW).stderr

    assert "\n612 texts sealed anew. All is sealed with new" in rotate()
    assert (sealed_with(), keys_in_use()) == ({"new": 1112}, {"new"})
    assert opened(records, ben, NEW) == words(*[101] * 11)
    assert draft_of(ben, NEW) == TYPED
    assert start_web(NEW).returncode == 0


def test_what_a_web_with_the_old_key_seals_meanwhile_is_not_lost_and_its_key_is_asked_for(ben, seal):
    before = seal(20)
    with rotating() as process:
        with last_row_held("confidential_body", "version_id"), override_settings(VAULT_KEYS=keys.parse(OLD_FIRST)):
            wait_until_held_up("rotator")
            meanwhile = seal(5, [uuid.UUID(int=number) for number in range(1, 6)])  # where it has been already
        assert "5 texts were sealed with an older key meanwhile" in end_of(process, code=1)

    assert sealed_with() == {"new": 20, OLD_ID: 5}
    assert keys_in_use() == {"new", OLD_ID}
    assert "is not in VAULT_KEYS, and texts are sealed with it" in start_web(NEW).stderr
    assert opened([before, meanwhile], ben, BOTH) == words(20, 5)
    with as_superuser(settings.DATABASES["default"]["NAME"]) as cursor:  # as if a seal had come a moment later
        cursor.execute("delete from confidential_keycheck where key_id = %s", [OLD_ID])
    assert "is not in VAULT_KEYS, and texts are sealed with it" in start_web(NEW).stderr

    assert "\n5 texts sealed anew. All is sealed with new" in rotate()
    assert (sealed_with(), keys_in_use()) == ({"new": 25}, {"new"})
    assert start_web(NEW).returncode == 0
    assert opened([before, meanwhile], ben, NEW) == words(20, 5)


def test_what_is_typed_while_its_draft_is_sealed_anew_stays(ben):
    """The rotation has one draft in hand and is held up at the next, when the author goes on with the first."""
    for form in (FORM, "wishes"):
        keep_draft(ben, TYPED, form)
    first = asked("select form from confidential_draft order by id")[0][0]
    newer = {"how": ["Typed since"]}
    with rotating() as process:
        with last_row_held("confidential_draft", "id"):
            wait_until_held_up("rotator")
            typing = threading.Thread(target=in_a_thread, args=(keep_draft, ben, newer, first))
            typing.start()
            wait_until_held_up("app")
        process.communicate(timeout=PATIENCE)
        typing.join(PATIENCE)

    assert process.returncode in (0, 1)  # it may count what is left before or after what was typed is there
    assert draft_of(ben, form=first) == newer
    assert "1 texts sealed anew" in rotate()  # what was typed is sealed with the older key of whoever typed it
    assert draft_of(ben, NEW, form=first) == newer


def in_a_thread(do, *arguments) -> None:
    try:
        do(*arguments)
    finally:
        connection.close()
