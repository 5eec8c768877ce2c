"""Whether the key ring is the one with which this database was sealed: a word is kept, sealed with each key in use."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from . import sealing
from .models import KeyCheck

_WORD = "wellbeing"
_passed: set[str] = set()  # names of databases


def check() -> None:
    """Raise ImproperlyConfigured where a key in use is missing or wrong; a first key that is new is noted."""
    known = dict(KeyCheck.objects.values_list("key_id", "sealed"))
    for (key_id,) in _ask("select * from confidential_keys_in_use() as used order by used"):
        if key_id not in settings.VAULT_KEYS:
            raise ImproperlyConfigured(
                f"The key {key_id!r} is not in VAULT_KEYS, and texts are sealed with it. Add it after the first."
            )
        if key_id in known and not _opens(key_id, known[key_id]):
            raise ImproperlyConfigured(f"The key {key_id!r} of VAULT_KEYS is not the one that this database knows.")
    key_id, sealed = word()
    if key_id not in known or not _opens(key_id, known[key_id]):
        _ask("select confidential_register_key(%s, %s)", key_id, sealed)


def _ask(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def check_at_start() -> None:
    """`check` where the database answers; one that is down must not keep the urgent numbers from starting."""
    try:
        check()
    except OperationalError:
        return
    finally:
        connection.close()
    _passed.add(connection.settings_dict["NAME"])


def check_vault(sender=None, *, connection, **kwargs) -> None:
    """Receiver of `connection_created`: nothing is opened before the keys have been looked at once."""
    name = connection.settings_dict["NAME"]
    if connection.alias == "vault" and name not in _passed:
        check()
        _passed.add(name)


def word() -> tuple[str, bytes]:
    """`(id of the first key, the word sealed with it)`."""
    key_id = next(iter(settings.VAULT_KEYS))
    return sealing.seal_text(_WORD, place=_place(key_id))


def _opens(key_id: str, sealed: bytes) -> bool:
    try:
        return sealing.open_text(sealed, place=_place(key_id)) == _WORD
    except sealing.CannotOpen:
        return False


def _place(key_id: str) -> str:
    return f"confidential_keycheck:sealed:{key_id}"
