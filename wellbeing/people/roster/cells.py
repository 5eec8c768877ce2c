"""One cell to one value of a person. Each function returns the value, or raises ValueError with the reason."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wellbeing.people.models import EmploymentType, Person

_DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%Y/%m/%d")
_YEARS = range(1900, 2101)
_TYPES = {
    EmploymentType.OFFICER: ("officer", "police officer", "po", "regular", "regular officer"),
    EmploymentType.STAFF: ("staff", "police staff", "civilian", "support staff"),
    EmploymentType.PCSO: ("pcso", "police community support officer", "community support officer"),
    EmploymentType.SPECIAL: ("special", "specials", "special constable", "special constabulary"),
    EmploymentType.VOLUNTEER: ("volunteer", "police support volunteer", "psv", "police volunteer"),
}
_TYPE_OF = {word: kind for kind, words in _TYPES.items() for word in words}
_SPREADSHEET_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!")


def staff_number(text: str) -> str:
    """A staff number as the roster keeps it: no spaces, capitals, no “.0” left by a spreadsheet."""
    number = re.sub(r"^(\d+)\.0+$", r"\1", "".join(text.split())).upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9/._-]*", number, re.ASCII):
        raise ValueError("invalid staff number")
    return _within("staff_number", number)


def email(text: str) -> str:
    address = text.lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("invalid email") from None
    return _within("email", address)


def known_as(text: str) -> str:
    return _within("known_as", text)


def last_name(text: str) -> str:
    return _within("last_name", text)


def rank_or_grade(text: str) -> str:
    return _within("rank_or_grade", text)


def employment_type(text: str) -> str:
    kind = _TYPE_OF.get(re.sub(r"[\W_]+", " ", text).strip().lower())
    if kind is None:
        raise ValueError("unknown employment type")
    return kind.value


def joined(text: str) -> date:
    return day(text, "joined")


def left(text: str) -> date:
    return day(text, "left")


@lru_cache(maxsize=4096)
def work_phone(text: str) -> str:
    """A number as the United Kingdom writes it (01622 690690, +33 1 42 68 53 00); kept as typed where none is seen."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return _within("work_phone", text)
    if not phonenumbers.is_possible_number(number):
        return _within("work_phone", text)
    home = number.country_code == phonenumbers.country_code_for_region("GB")
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return _within("work_phone", phonenumbers.format_number(number, form))


def refuse_spreadsheet_error(field: str, text: str) -> None:
    """Raise ValueError where a formula failed and left its error, as a lookup of managers does."""
    if text in _SPREADSHEET_ERRORS:
        raise ValueError(f"{label(field)} holds the spreadsheet's error {text}")


def label(field: str) -> str:
    """What a reason calls the field: staff number, known as, email."""
    return field.replace("_", " ")


def day(text: str, field: str) -> date:
    """A date in any dress that spreadsheets give it; `field` is what the reason calls it."""
    found = _serial_day(text) if re.fullmatch(r"\d{5}(\.0+)?", text, re.ASCII) else _written_day(text)
    if found is None or found.year not in _YEARS:
        raise ValueError(f"invalid {label(field)} date")
    return found


def _serial_day(text: str) -> date:
    """A day as Excel counts them, from 30 December 1899."""
    return date(1899, 12, 30) + timedelta(days=int(text.partition(".")[0]))


@lru_cache(maxsize=4096)
def _written_day(text: str) -> date | None:
    day = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text)
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(day, form).date()
        except ValueError:
            continue
    return None


def _within(field: str, text: str) -> str:
    longest = Person._meta.get_field(field).max_length
    if len(text) > longest:
        raise ValueError(f"{label(field)} longer than {longest} characters")
    return text
