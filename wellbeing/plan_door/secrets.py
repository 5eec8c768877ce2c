"""What is typed at the door: how it is made, written for people, read back, and kept.

The code of a letter and the codes by mail follow from the key of their row and from SECRET_KEY: the worker that sends
a code works it out again, and no table holds one. What has few digits (PIN, number) is kept under Django's slow hash;
a number with SECRET_KEY mixed in, so that its hash alone is no use to whoever holds the letter.
"""

import hmac
import secrets
import uuid
from functools import cache
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else: no I and 1, no O and 0
LETTER_LENGTH, GROUP = 20, 4  # 32 signs: 100 bits
DIGITS = 8
PIN_LENGTH = 6


def letter_code(letter: uuid.UUID, *, printed_by: int) -> str:
    """The code of a letter, in groups: “ABCD-EFGH-JKLM-NPQR-STUV”."""
    number = int.from_bytes(_mac("letter", f"{letter}:{printed_by}"), "big")
    signs = "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LETTER_LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LETTER_LENGTH, GROUP))


def letter_hash(code: str) -> str:
    """Under what a letter stands in the table; hyphens, spaces and small letters make no difference."""
    return _mac("letter hash", "".join(sign for sign in code.upper() if sign.isalnum())).hex()


def mail_code(key: uuid.UUID) -> str:
    """The eight digits of a code by mail."""
    return f"{int.from_bytes(_mac('mail', str(key)), 'big') % 10**DIGITS:0{DIGITS}}"


def new_number() -> str:
    """Eight digits to be read out."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def is_same(one: str, other: str) -> bool:
    """Whether two codes are the same, in a time that tells nothing of them."""
    return hmac.compare_digest(_digits(one).encode(), other.encode())


def slow_hash(digits: str) -> str:
    """How a PIN or a number is kept."""
    return make_password(_digits(digits))


def fits(digits: str, kept: str) -> bool:
    """Whether it is the PIN or number that is kept; takes as long where nothing is."""
    nothing = _nothing_kept()
    return check_password(_digits(digits), kept or nothing) and bool(kept)


def number_hash(number: str) -> str:
    """How a number is kept that is read out."""
    return make_password(_mixed(number))


def number_fits(number: str, kept: str) -> bool:
    """Whether it is the number that is kept; takes as long where nothing is."""
    nothing = _nothing_kept()
    return check_password(_mixed(number), kept or nothing) and bool(kept)


def is_trivial(pin: str, *, but: str = "") -> bool:
    """Whether a PIN is one that people try first: digits in a row, a repetition, or `but` (their staff number)."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    repeats = any(pin == pin[:length] * (len(pin) // length) for length in range(1, len(pin) // 2 + 1))
    pairs = len(pin) % 2 == 0 and pin[::2] == pin[1::2]
    return repeats or pairs or steps in ({1}, {9}) or pin in but


def source_mark(address: str, *, person: int | None = None) -> str:
    """The fingerprint of where a request came from; with `person`, another one for each."""
    return _mac("source", f"{address} {person}" if person else address).hex()


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def _mixed(number: str) -> str:
    return _mac("number", _digits(number)).hex()


def _mac(purpose: str, what: str) -> bytes:
    return salted_hmac(f"wellbeing.plan_door {purpose}", what, algorithm="sha256").digest()


@cache
def _nothing_kept() -> str:
    return make_password(secrets.token_hex())
