"""A text as somebody reads it, whatever stands in it that nobody sees."""

import re
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, normalize

from wellbeing.people.sql import fold

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ALIKE = str.maketrans("’‘ʼ′‐‑‒–−", "''''-----")  # apostrophes and dashes, as pasted text has them
_STRUCK = str.maketrans("øłđħŧıð", "oldhtid")  # letters that are none with an accent, as they are typed without it
_LOOSE = re.compile(r"[\s*_~\"'“”()\[\]]+")

# What stands between two words: only white space, marks or brackets; one point, dash or stroke and nothing else; a
# comma; a point and a space; “&”; one number; anything else.
SIDE_BY_SIDE, TIGHT, COMMA, POINT, JOINED, NUMBERED, APART = range(7)
_WITHIN = (SIDE_BY_SIDE, TIGHT, POINT)
_GAPS = {"": SIDE_BY_SIDE, ",": COMMA, ".": POINT, "&": JOINED, "+": JOINED}
_NUMBER = re.compile(r"\d{1,8}")


class Word(NamedTuple):
    """A word, folded as the roster is asked, and its place; “Patel’s” is “patel”."""

    folded: str
    start: int
    end: int


class Text:
    """A text without characters that nobody sees, accents put together. Places in `readable` and in its `words` are the
    same; `typed` says what truly stands there."""

    def __init__(self, typed: str):
        self._typed = typed
        self.readable, self._places = _as_read(typed)

    def typed(self, start: int, end: int) -> str:
        return self._typed[self._places[start] : self._places[end]]

    @cached_property
    def folded(self) -> str:
        """The same, sign for sign, as the roster is asked, and no mail address in it."""
        plain = fold("".join(_plain(sign.lower()[:1]) for sign in self.readable))
        return MAIL.sub(lambda hit: "@" * len(hit[0]), plain)

    @cached_property
    def words(self) -> list[Word]:
        return [_word(hit) for hit in _WORD.finditer(self.folded)]

    @cached_property
    def gaps(self) -> list[int]:
        """What stands after each word before the next."""
        return [_gap(self.folded[word.end : after.start]) for word, after in pairwise(self.words)]

    def run(self, at: int, size: int) -> tuple[str, ...]:
        """So many words from there on that can be one name; empty where they cannot."""
        if at < 0 or at + size > len(self.words) or any(gap not in _WITHIN for gap in self.gaps[at : at + size - 1]):
            return ()
        return tuple(word.folded for word in self.words[at : at + size])

    def is_capital(self, at: int) -> bool:
        return self.readable[self.words[at].start].isupper()


def _as_read(typed: str) -> tuple[str, list[int]]:
    """What is read, and for each sign of it, and for its end, the place in what was typed."""
    signs, places = [], []
    for place, sign in enumerate(typed.translate(_ALIKE)):
        kind = "" if sign.isascii() else category(sign)
        if kind == "Cf":
            continue
        if kind == "Mn" and signs:
            signs[-1] = normalize("NFC", signs[-1] + sign)[0]
        else:
            read = normalize("NFKC", sign) if kind.startswith(("L", "N")) else sign
            signs += read
            places += [place] * len(read)
    return "".join(signs), [*places, len(typed)]


def _plain(sign: str) -> str:
    """A letter without whatever accents it has, of any language that is written in Latin letters."""
    if sign.isascii():
        return sign
    bare = normalize("NFD", sign)[0].translate(_STRUCK)
    return bare if bare.isascii() else sign


def _word(hit: re.Match) -> Word:
    folded = hit[0].removesuffix("'s")
    return Word(folded, hit.start(), hit.start() + len(folded))


def _gap(between: str) -> int:
    rest = _LOOSE.sub("", between)
    if rest in ("-", ".", "/") and len(between) == 1:
        return TIGHT
    return NUMBERED if _NUMBER.fullmatch(rest) else _GAPS.get(rest, APART)
