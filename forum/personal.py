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

from wellbeing.people.sql import fold, folded

NAME, NUMBER = "the name of somebody on the roster", "a staff number"
MAIL, PHONE, HEALTH = "an e-mail address", "a telephone number", "words about somebody’s health or home"
_WORDS = Path(__file__).with_name("data") / "health_words.txt"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_NUMBERS = re.compile(r"(?<![\w£])[A-Z]{0,3}\d{3,8}(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = 9  # of a telephone number, at least; shorter ones are amounts and years
_LONGEST = 3  # words of a name, such as “van der Berg”

# Before a last name, these tell of one person as well as their first name does.
_RANKS = "pc|wpc|ps|dc|ds|di|dci|ci|sgt|sergeant|constable|insp|inspector|supt|superintendent|pcso|mr|mrs|ms|miss|mx|dr"
_TITLED = re.compile(rf"(?<!\w)(?:{_RANKS})\.?\s+(?=[^\W\d_])", re.IGNORECASE)

# Whoever's names stand among these words, in any order. One question, which the indexes on folded names answer.
_NAMED = f"""
SELECT known_as, last_name FROM people_person
WHERE {folded("last_name")} = ANY(%(words)s)
  AND ({folded("known_as")} = ANY(%(words)s) OR left({folded("known_as")}, 1) = ANY(%(initials)s)
       OR {folded("last_name")} = ANY(%(titled)s))
"""  # noqa: S608 - words of this code, and parameters
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
    texts = ["\n".join(filter(None, texts)) for texts in groups]
    everything = "\n".join(texts)
    people, numbers = _people(everything), _staff_numbers(everything)
    return [_found(text, people, numbers) for text in texts]


def _found(text: str, people: set[tuple], numbers: set[str]) -> list[Finding]:
    found = [Finding(hit, NAME) for names in sorted(people) for hit in _standing_together(text, *names)]
    found += [Finding(number, NUMBER) for number in _typed_numbers(text) if number in numbers]
    found += [Finding(hit[0], MAIL) for hit in _MAIL.finditer(text)]
    found += [Finding(number, PHONE) for number in _telephone_numbers(text)]
    found += [Finding(hit[0], HEALTH) for hit in _health().finditer(text)]
    return list(dict.fromkeys(found))


def fingerprint(findings: list[Finding], *texts: str) -> str:
    """By which a look at these findings in these texts is known: other words, or another finding, and it is another.
    Empty where nothing was found."""
    if not findings:
        return ""
    said = "\0".join([*texts, *sorted(f"{one.words}\0{one.why}" for one in findings)])
    return hashlib.sha256(said.encode()).hexdigest()


def refuse(*, but: tuple[str, ...] = (), **texts: str) -> None:
    """Raises ValidationError beside the field whose words look personal: everybody would read them, and it can always
    be said without. `but`: what may stand there all the same."""
    for field, text in texts.items():
        if found := [one for one in found_in(text) if one.why not in but]:
            words = ", ".join(f"“{one.words}”" for one in found)
            raise ValidationError({field: f"Everybody reads this, and it looks personal: {words}. Say it without."})


def _people(text: str) -> set[tuple]:
    """Known-as and last name of everybody on the roster whose names stand in the text, wherever."""
    plain = [_fold(hit[0]).removesuffix("'s") for hit in _WORD.finditer(text)]
    if len(plain) < 2:
        return set()
    grams = {" ".join(plain[at : at + size]) for size in range(1, _LONGEST + 1) for at in range(len(plain))}
    initials = {word for word in plain if len(word) == 1}
    return set(_ask(_NAMED, words=list(grams), initials=list(initials), titled=_after_a_rank(text)))


def _standing_together(text: str, known_as: str, last: str) -> list[str]:
    """Where both names stand side by side, or the last one behind a rank: “Asha Patel”, “Patel, Asha”, “A. Patel”,
    “Sgt Patel”; as they stand there."""
    first, second = re.escape(_fold(known_as)), re.escape(_fold(last))
    initial = re.escape(_fold(known_as)[:1])
    ways = rf"(?<!\w)(?:{first}[\s*_]+{second}|{second},?\s+{first}|(?:{initial}|{_RANKS})\.?\s+{second})(?!\w)"
    return [text[hit.start() : hit.end()] for hit in re.finditer(ways, _fold(text))]


def _after_a_rank(text: str) -> list[str]:
    """What may be a last name behind a rank or title: its first one, two and three words."""
    behind = [_fold(text[hit.end() : hit.end() + 80]) for hit in _TITLED.finditer(text)]
    words = [[word.removesuffix("'s") for word in _WORD.findall(part)[:_LONGEST]] for part in behind]
    return sorted({" ".join(each[:size]) for each in words for size in range(1, len(each) + 1)})


def _staff_numbers(text: str) -> set[str]:
    """The staff numbers of the roster that stand in the text."""
    typed = _typed_numbers(text)
    return {number for (number,) in _ask(_NUMBERED, numbers=typed)} if typed else set()


def _typed_numbers(text: str) -> list[str]:
    """What in the text may be a staff number, as the roster writes it."""
    typed = {hit[0].upper() for hit in _NUMBERS.finditer(text) if not _YEAR.match(hit[0])}
    return sorted(typed | {number.lstrip(ascii_uppercase) for number in typed})  # “PC1234” may be 1234


def _telephone_numbers(text: str) -> list[str]:
    hits = phonenumbers.PhoneNumberMatcher(text, settings.PHONENUMBER_REGION, phonenumbers.Leniency.POSSIBLE)
    return [hit.raw_string for hit in hits if sum(map(str.isdigit, hit.raw_string)) >= _DIGITS]


def _ask(statement: str, **asked) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _fold(text: str) -> str:
    """As the roster is asked, letter for letter, so that places in it are places in the text."""
    return fold(text.replace("’", "'"))


@cache
def _health() -> re.Pattern:
    lines = [line.strip() for line in _WORDS.read_text(encoding="utf-8").splitlines()]
    words = [re.escape(line).replace(r"\*", r"\w*") for line in lines if line and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
