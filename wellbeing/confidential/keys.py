"""The key ring of confidential text, as the environment gives it. Read by settings.py; pure Python.

A ring is `id:base64-of-32-bytes`, with commas between. The first key seals; the others still open
what was sealed with them. No sentence here repeats a key.
"""

import base64
import binascii
import re
from pathlib import Path

LENGTH = 32  # bytes: AES-256
_ID = re.compile(r"[a-z0-9-]{1,16}")


def ring(*, given: str, file: str) -> dict[str, bytes]:
    """The keys of VAULT_KEYS (`given`) or of the file that VAULT_KEYS_FILE names.

    Raises ValueError with a sentence for both, neither, a file that cannot be read, or what `parse` refuses.
    """
    if given.strip() and file.strip():
        raise ValueError("VAULT_KEYS and VAULT_KEYS_FILE are both set: keep one of them.")
    return parse(_text_of(Path(file.strip())) if file.strip() else given)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError as trouble:
        raise ValueError(f"The file of VAULT_KEYS_FILE, {path}, cannot be read: {trouble.strerror}.") from None
    except UnicodeDecodeError:
        raise ValueError(f"The file of VAULT_KEYS_FILE, {path}, is no list of keys.") from None


def parse(text: str) -> dict[str, bytes]:
    """Each key by its id, in the order written: the first seals. A new line counts as a comma.

    Raises ValueError with a sentence if there is none, or one is malformed, too long or short, or named twice.
    """
    keys: dict[str, bytes] = {}
    parts = [part.strip() for part in re.split(r"[,\r\n]", text)]
    for number, part in enumerate(filter(None, parts), start=1):
        key_id, key = _key(part, number)
        if key_id in keys:
            raise ValueError(f"VAULT_KEYS has two keys named {key_id!r}: give each an id of its own.")
        keys[key_id] = key
    if not keys:
        raise ValueError("VAULT_KEYS is missing: without it no confidential text can be sealed or opened.")
    return keys


def _key(part: str, number: int) -> tuple[str, bytes]:
    key_id, colon, encoded = part.partition(":")
    if not colon:
        raise ValueError(f"Key {number} of VAULT_KEYS is not written as id:base64.")
    if not _ID.fullmatch(key_id):
        raise ValueError(f"The id of key {number} of VAULT_KEYS must be 1 to 16 of a-z, 0-9 and hyphen.")
    try:
        key = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError(f"Key {key_id!r} of VAULT_KEYS is not base64.") from None
    if len(key) != LENGTH:
        raise ValueError(f"Key {key_id!r} of VAULT_KEYS has {len(key)} bytes; it must have {LENGTH}.")
    return key_id, key
