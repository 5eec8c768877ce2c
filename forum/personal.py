"""Whether a text looks like a personal matter: somebody's full name, a staff number, words of health.

It finds what deserves a second look, and decides nothing: whoever publishes does.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from . import named
from .reading import MAIL as ADDRESS
from .reading import Text

NAME, NUMBER = "the name of somebody on the roster", "a staff number"
MAIL, PHONE, HEALTH = "an e-mail address", "a telephone number", "words about somebody’s health or home"
_WORDS = Path(__file__).with_name("data") / "health_words.txt"
_NUMBERS = re.compile(r"(?<![\w£])[A-Z]{0,3}\d{3,8}(?!\w)", re.IGNORECASE)
_APART_NUMBERS = re.compile(r"(?<![\w£])([A-Z]{1,3})[\s-](\d{3,8})(?!\w)", re.IGNORECASE)  # “PC 1234”
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DIGITS = 9  # of a telephone number, at least; shorter ones are amounts and years
_APART = "\n|\n"  # between texts, so that the last word of one and the first of the next are no name
_NUMBERED = "SELECT staff_number FROM people_person WHERE staff_number = ANY(%(numbers)s)"


@dataclass(frozen=True)
class Finding:
    """What in a text looks personal: the words as they stand there, and why."""

    words: str
    why: str


def found_in(*texts: str) -> list[Finding]:
    """What in these texts looks like a personal matter; empty where nothing does. At most two questions to the roster,
    however long they are."""
    return found_in_each([texts])[0]


def found_in_each(groups: Sequence[Sequence[str]]) -> list[list[Finding]]:
    """The same of each group of texts, with the same two questions for all of them."""
    texts = [Text(_APART.join(filter(None, group))) for group in groups]
    people, numbers = named.people_in(texts), _staff_numbers(texts)
    return [_found(text, people, numbers) for text in texts]


def _found(text: Text, people: named.People, numbers: set[str]) -> list[Finding]:
    found = [Finding(name, NAME) for name in named.names_in(text, people)]
    found += [Finding(number, NUMBER) for number in _typed_numbers(text) if number in numbers]
    found += [Finding(text.typed(*hit.span()), MAIL) for hit in ADDRESS.finditer(text.readable)]
    found += [Finding(number, PHONE) for number in _telephone_numbers(text)]
    found += [Finding(text.typed(*hit.span()), HEALTH) for hit in _health().finditer(text.readable)]
    return list(dict.fromkeys(found))


def fingerprint(findings: list[Finding], *texts: str) -> str:
    """By which a look at these findings in these texts is known: other words, or another finding, and it is another.
    Empty where nothing was found."""
    if not findings:
        return ""
    said = "\0".join([*texts, *sorted(f"{one.words}\0{one.why}" for one in findings)])
    return hashlib.sha256(said.encode()).hexdigest()


def refuse(*, but: tuple[str, ...] = (), own: str = "", **texts: str) -> None:
    """Raises ValidationError beside each field whose words look personal: everybody would read them, and it can always
    be said without. `but`: what may stand there all the same; `own`: the name of whoever speaks there, which may stand.
    """
    wrong = {}
    for field, findings in zip(texts, found_in_each([[text] for text in texts.values()]), strict=True):
        if found := [one for one in findings if one.why not in but and not (own and _is_name_of(own, one))]:
            words = ", ".join(f"“{one.words}”" for one in found)
            wrong[field] = f"Everybody reads this, and it looks personal: {words}. Say it without."
    if wrong:
        raise ValidationError(wrong)


def _is_name_of(name: str, finding: Finding) -> bool:
    said = {word for word in named.words_of(finding.words) if len(word) > 1 and not named.is_rank(word)}
    return finding.why == NAME and said <= set(named.words_of(name))


def _staff_numbers(texts: Sequence[Text]) -> set[str]:
    """The staff numbers of the roster that stand in these texts."""
    if not (typed := sorted({number for text in texts for number in _typed_numbers(text)})):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, {"numbers": typed})
        return {number for (number,) in cursor.fetchall()}


def _typed_numbers(text: Text) -> list[str]:
    """What in the text may be a staff number, as the roster writes it."""
    typed = {hit[0].upper() for hit in _NUMBERS.finditer(text.readable) if not _YEAR.match(hit[0])}
    typed |= {f"{hit[1]}{hit[2]}".upper() for hit in _APART_NUMBERS.finditer(text.readable) if not _YEAR.match(hit[2])}
    return sorted(typed | {number.lstrip(ascii_uppercase) for number in typed})  # “PC1234” may be 1234


def _telephone_numbers(text: Text) -> list[str]:
    hits = phonenumbers.PhoneNumberMatcher(text.readable, settings.PHONENUMBER_REGION, phonenumbers.Leniency.POSSIBLE)
    long = [hit for hit in hits if sum(map(str.isdigit, hit.raw_string)) >= _DIGITS]
    return [text.typed(hit.start, hit.end) for hit in long]


@cache
def _health() -> re.Pattern:
    lines = [line.strip() for line in _WORDS.read_text(encoding="utf-8").splitlines()]
    words = [re.escape(line).replace(r"\*", r"\w*") for line in lines if line and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
