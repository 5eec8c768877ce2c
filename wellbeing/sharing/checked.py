"""What each field of a shared file may be. A file comes from elsewhere: nothing in it is believed."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

_MOST = Decimal(10) ** 8
_LINES = {"\n", "\r", "\t"}
_YEARS = range(2000, 2101)
Check = Callable[[object, str], object]


class FaultError(Exception):
    """The file is refused; the sentence says what is wrong with it, and where."""


def text(longest: int, *, empty: bool = True) -> Check:
    """Words of at most so many characters, without control characters."""

    def check(value, where: str) -> str:
        if not isinstance(value, str):
            raise FaultError(f"{where} must be text.")
        if len(value) > longest:
            raise FaultError(f"{where} is longer than {longest} characters.")
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in _LINES for sign in value):
            raise FaultError(f"{where} holds a character that is no letter.")
        if not empty and not value.strip():
            raise FaultError(f"{where} is empty.")
        return value

    return check


def one_of(choices, *, empty: bool = False) -> Check:
    """One of these values."""
    known = {*choices.values, *([""] if empty else [])}

    def check(value, where: str) -> str:
        if not isinstance(value, str) or value not in known:
            raise FaultError(f"{where} is none of: {', '.join(sorted(known - {''}))}.")
        return value

    return check


def number(value, where: str) -> Decimal | None:
    """A number with one decimal at most, or nothing."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FaultError(f"{where} must be a number.")
    try:
        found = Decimal(value)
        fits = found.is_finite() and 0 <= found < _MOST and found == round(found, 1)
    except InvalidOperation:
        fits = False
    if not fits:
        raise FaultError(f"{where} must be a number below {_MOST:,} with one decimal at most.")
    return round(found, 1)


def whole(low: int, high: int) -> Check:
    """A whole number between these."""

    def check(value, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise FaultError(f"{where} must be a whole number from {low} to {high}.")
        return value

    return check


def day(value, where: str) -> date | None:
    """A day as “2026-11-26”, or nothing."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise FaultError(f"{where} must be a day, such as 2026-11-26.")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise FaultError(f"{where} is a day that does not exist.") from None
    if found.year not in _YEARS:
        raise FaultError(f"{where} is in a year that no plan reaches.")
    return found


def month(value, where: str) -> str:
    """A month as “2026-11”."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}", value, re.ASCII):
        raise FaultError(f"{where} must be a month, such as 2026-11.")
    day(f"{value}-01", where)
    return value


def fields(value, where: str, known: dict[str, Check], *, optional: tuple[str, ...] = ()) -> dict:
    """An object with these fields and no others, each as it should be."""
    if not isinstance(value, dict):
        raise FaultError(f"{where} must be an object with fields.")
    if unknown := sorted(set(value) - set(known)):
        name = unknown[0][:60].encode(errors="replace").decode()  # half a sign is no text, and could not be shown
        raise FaultError(f"{where} has a field that this portal does not know: {name}.")
    if missing := [name for name in known if name not in value and name not in optional]:
        raise FaultError(f"{where} lacks the field {missing[0]}.")
    return {name: check(value[name], f"{where}, {name},") for name, check in known.items() if name in value}


def listed(value, where: str, check: Check, *, most: int) -> list:
    """A list of at most so many, each as it should be."""
    if not isinstance(value, list):
        raise FaultError(f"{where} must be a list.")
    if len(value) > most:
        raise FaultError(f"{where} holds more than {most}.")
    return [check(one, f"{where} {place}") for place, one in enumerate(value, start=1)]
