"""The key ring as the environment gives it, and what is said of a wrong one."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import production
from wellbeing.confidential.keys import parse, ring

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(32)).decode()
RING = "import django.conf; print(list(django.conf.settings.VAULT_KEYS))"


def refused(done, sentence: str) -> bool:
    return done.returncode != 0 and f"ImproperlyConfigured: {sentence}" in done.stderr


def test_the_first_key_written_is_the_first_of_the_ring():
    keys = parse(f"k2:{KEY},k1:{OTHER}")

    assert list(keys.items()) == [("k2", bytes(range(32))), ("k1", bytes(32))]


def test_new_lines_spaces_and_a_last_comma_are_no_matter():
    assert parse(f" k2:{KEY} \r\n\nk1:{OTHER},\n") == parse(f"k2:{KEY},k1:{OTHER}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "VAULT_KEYS is missing"),
        (" , \n", "VAULT_KEYS is missing"),
        (KEY, "Key 1 of VAULT_KEYS is not written as id:base64"),
        (f"k1:{KEY},k2", "Key 2 of VAULT_KEYS is not written as id:base64"),
        (f"k1:{KEY},k1:{OTHER}", "two keys named 'k1'"),
        (f":{KEY}", "The id of key 1 of VAULT_KEYS must be"),
        (f"K1:{KEY}", "The id of key 1 of VAULT_KEYS must be"),
        (f"{'k' * 17}:{KEY}", "The id of key 1 of VAULT_KEYS must be"),
        (f"k|1:{KEY}", "The id of key 1 of VAULT_KEYS must be"),
        (f"k1:{KEY[:-2]}*=", "Key 'k1' of VAULT_KEYS is not base64"),
        (f"k1:{KEY[:-1]}", "Key 'k1' of VAULT_KEYS is not base64"),
        ("k1:ключ", "Key 'k1' of VAULT_KEYS is not base64"),
        ("k1:", "Key 'k1' of VAULT_KEYS has 0 bytes; it must have 32"),
        (f"k1:{base64.b64encode(bytes(16)).decode()}", "Key 'k1' of VAULT_KEYS has 16 bytes; it must have 32"),
        (f"k1:{base64.b64encode(bytes(33)).decode()}", "Key 'k1' of VAULT_KEYS has 33 bytes; it must have 32"),
    ],
)
def test_a_wrong_ring_is_refused_in_a_sentence_that_repeats_no_key(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as refusal:
        parse(text)

    assert KEY[:10] not in str(refusal.value)


@given(
    st.dictionaries(st.from_regex(r"[a-z0-9-]{1,16}", fullmatch=True), st.binary(min_size=32, max_size=32), min_size=1)
)
def test_every_ring_that_is_written_as_told_is_read_as_written(keys):
    text = ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for key_id, key in keys.items())

    assert list(parse(text).items()) == list(keys.items())


def test_a_mounted_secret_holds_the_same_text(tmp_path):
    (tmp_path / "keys").write_text(f"k2:{KEY}\nk1:{OTHER}\n")

    assert ring(given="", file=str(tmp_path / "keys")) == parse(f"k2:{KEY},k1:{OTHER}")


def test_a_secret_that_is_not_mounted_is_named(tmp_path):
    with pytest.raises(ValueError, match=f"{tmp_path}/keys, cannot be read: No such file"):
        ring(given="", file=str(tmp_path / "keys"))


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "keys").write_bytes(b"\xff\xfe")

    with pytest.raises(ValueError, match="is no list of keys"):
        ring(given="", file=str(tmp_path / "keys"))


# --- As a force runs it ---------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["app", "rotator"])
def test_those_who_seal_open_or_rotate_have_the_ring(login):
    assert production.python(RING, DB_LOGIN=login, VAULT_KEYS=f"k2:{KEY},k1:{OTHER}").stdout == "['k2', 'k1']\n"


@pytest.mark.parametrize("login", ["app", "rotator"])
def test_without_keys_they_do_not_start(login):
    assert refused(production.python("", DB_LOGIN=login, VAULT_KEYS=""), "VAULT_KEYS is missing")


def test_with_a_wrong_key_the_web_does_not_start():
    done = production.python("", VAULT_KEYS=f"k1:{KEY}!")

    assert refused(done, "Key 'k1' of VAULT_KEYS is not base64")
    assert KEY not in done.stderr


def test_keys_and_a_file_of_keys_together_are_refused(tmp_path):
    (tmp_path / "keys").write_text(f"k1:{KEY}")

    assert refused(
        production.python("", VAULT_KEYS_FILE=str(tmp_path / "keys")), "VAULT_KEYS and VAULT_KEYS_FILE are both set"
    )
    done = production.python(RING, VAULT_KEYS="", VAULT_KEYS_FILE=str(tmp_path / "keys"))
    assert done.stdout == "['k1']\n"


@pytest.mark.parametrize("login", ["worker", "owner"])
def test_the_others_do_not_even_read_it(login):
    done = production.python(RING, DB_LOGIN=login, VAULT_KEYS="no key at all", VAULT_KEYS_FILE="/nonexistent")

    assert (done.stdout, done.returncode) == ("[]\n", 0)


# --- The second connection ------------------------------------------------------------------------

ALIASES = "import django.conf; print(list(django.conf.settings.DATABASES))"


def test_the_web_does_not_start_without_the_second_connections_password(monkeypatch):
    monkeypatch.delenv("DATABASE_PASSWORD_READER")

    assert refused(production.python(""), "Set the DATABASE_PASSWORD_READER environment variable")


@pytest.mark.parametrize("login", ["owner", "worker", "rotator"])
def test_only_the_web_has_a_second_connection(login, monkeypatch):
    assert production.python(ALIASES).stdout == "['default', 'vault']\n"
    monkeypatch.delenv("DATABASE_PASSWORD_READER")

    assert production.python(ALIASES, DB_LOGIN=login).stdout == "['default']\n"
