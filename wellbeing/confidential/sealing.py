"""Sealing and opening a text: AES-256-GCM, bound to the place where it stands.

What is stored is `format | key id's length | key id | nonce (12 bytes) | ciphertext and tag`. The place
(table, field, key of the row) is associated data: a text that was moved to another row does not open.
"""

import hashlib
import hmac
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_FORMAT = b"\x01"
_NONCE = 12  # bytes, as GCM wants


class CannotOpen(Exception):
    """A sealed text does not open: moved, changed, or sealed with a key that this portal does not have."""


def seal_text(text: str, *, place: str) -> tuple[str, bytes]:
    """`(id of the key, sealed bytes)` of a text that is to stand at `place`."""
    key_id, key = next(iter(settings.VAULT_KEYS.items()))
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _associated(place))
    return key_id, _FORMAT + bytes([len(key_id)]) + key_id.encode() + nonce + sealed


def open_text(sealed: bytes, *, place: str) -> str:
    """The text sealed at `place`. Raises CannotOpen, without a word of what it holds."""
    sealed = bytes(sealed)
    key_id, rest = _head(sealed)
    key = settings.VAULT_KEYS.get(key_id)
    if key is None:
        raise CannotOpen("It was sealed with a key that this portal does not have.")
    try:
        return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], _associated(place)).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("It was changed, or does not belong here.") from error


def seal_answers(answers: dict, *, place: str) -> tuple[str, bytes]:
    """As `seal_text`, for answers by the name of their prompt."""
    return seal_text(_plain(answers), place=place)


def open_answers(sealed: bytes, *, place: str) -> dict:
    """The answers sealed at `place`. Raises CannotOpen."""
    return json.loads(open_text(sealed, place=place))


def fingerprint(answers: dict, *, place: str) -> bytes:
    """32 bytes that are the same for the same answers at the same place, and say nothing without the key."""
    key = hmac.digest(next(iter(settings.VAULT_KEYS.values())), b"fingerprint", hashlib.sha256)
    return hmac.digest(key, f"{place}\0{_plain(answers)}".encode(), hashlib.sha256)


def _plain(answers: dict) -> str:
    return json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _head(sealed: bytes) -> tuple[str, bytes]:
    if len(sealed) < 2 + _NONCE or sealed[:1] != _FORMAT:
        raise CannotOpen("This is no sealed text.")
    end = 2 + sealed[1]
    try:
        return sealed[2:end].decode("ascii"), sealed[end:]
    except UnicodeDecodeError as error:
        raise CannotOpen("This is no sealed text.") from error


def _associated(place: str) -> bytes:
    """What the text is bound to: the format and the place."""
    return _FORMAT + place.encode()
