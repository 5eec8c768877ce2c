"""Whose names of the roster stand in a text, in the ways in which names are written: “Asha Patel”, “Patel, Asha”,
“Asha K. Patel”, “asha.patel”, “A. Patel”, “Patel, A.”, “Sgt 1234 Patel”, “Asha, Ben and Cora Patel”. A first name
alone tells of nobody.

Everything here takes as long as the text is, however many people the roster names.
"""

from collections.abc import Iterable

from django.db import connection

from wellbeing.people.sql import ACCENTED, folded

from .reading import COMMA, JOINED, NUMBERED, POINT, SIDE_BY_SIDE, TIGHT, Text

_LONGEST = 5  # words of a name, such as “van der Berg” or “de la Cruz y Santos”
_DASHED = 3  # of them, at most, where there may be dashes between them
_ONE = (SIDE_BY_SIDE, TIGHT)  # what may stand inside a name
_SHORT = (SIDE_BY_SIDE, TIGHT, POINT)  # and behind what is shortened
_BETWEEN = 2  # names and initials, at most, between a first name and a last one
_TOGETHER = 8  # first names, at most, that share a last one: “Asha, Ben and Cora Patel”
_ARTICLES = {"a", "i"}  # words of their own, and no initials unless they look like one

# Before a last name, these tell of one person as well as their first name does.
_RANKS = {
    *("pc", "wpc", "ps", "dc", "ds", "di", "dci", "ci", "sgt", "sergeant", "constable", "insp", "inspector", "supt"),
    *("superintendent", "pcso", "mr", "mrs", "ms", "miss", "mx", "dr", "sc", "ssgt", "dsgt", "dinsp", "dsupt", "dsu"),
    *("detcon", "dcs", "cinsp", "csupt", "cc", "acc", "dcc", "dac", "commander", "cmdr", "commissioner", "sir", "dame"),
    *("rev", "prof"),
}

# Whoever's names stand among these words, in any order, which the indexes on folded names answer; and the few whose
# names hold a sign that these leave as it is, such as “’”, “–” or “ł”, for us to compare. One question.
_NAMED = f"""
SELECT {folded("known_as")}, {folded("last_name")} FROM people_person
WHERE {folded("last_name")} = ANY(%(words)s)
  AND ({folded("known_as")} = ANY(%(words)s) OR left({folded("known_as")}, 1) = ANY(%(initials)s)
       OR {folded("last_name")} = ANY(%(titled)s))
UNION ALL
SELECT known_as, last_name FROM people_person WHERE known_as || last_name ~ '[^ -~{ACCENTED}{ACCENTED.upper()}]'
"""  # noqa: S608 - words of this code, and parameters

# By the words of a last name, those of the first names that go with it, and how these begin.
People = dict[tuple[str, ...], tuple[set[tuple[str, ...]], set[str]]]


def people_in(texts: Iterable[Text]) -> People:
    """Everybody on the roster whose known-as and last name stand in these texts, wherever; one question."""
    words, initials, titled = set(), set(), set()
    for text in texts:
        for at, word in enumerate(text.words):
            begun = _beginning(text, at)
            words |= begun
            if len(word.folded) == 1:
                initials.add(word.folded)
            if _rank(text, at - 1) is not None:
                titled |= begun
    found: People = {}
    for known_as, last in _ask(words=list(words), initials=list(initials), titled=list(titled)) if words else ():
        known, first = words_of(known_as), words_of(last)
        if known and first:
            knowns, letters = found.setdefault(first, (set(), set()))
            knowns.add(known)
            letters.add(known[0][0])
    return found


def names_in(text: Text, people: People) -> list[str]:
    """These people's names as they stand in the text, each where both parts stand together."""
    begin = {last[0] for last in people}
    starts = [at for at, word in enumerate(text.words) if word.folded in begin]
    spans = (_span(text, at, people) for at in starts)
    return [text.typed(text.words[first].start, text.words[last].end) for first, last in filter(None, spans)]


def words_of(name: str) -> tuple[str, ...]:
    """A name as it stands among the words of a text."""
    return tuple(word.folded for word in Text(name).words)


def is_rank(word: str) -> bool:
    return word in _RANKS


def _beginning(text: Text, at: int) -> set[str]:
    """What may be a name of the roster that begins with this word: with blanks, with dashes, and as it stands."""
    found = {text.words[at].folded}
    for size in range(2, _LONGEST + 1):
        if not (run := text.run(at, size)):
            break
        stands = text.folded[text.words[at].start : text.words[at + size - 1].end]
        found |= {" ".join(run), " ".join(stands.split())}
        if size <= _DASHED:
            found.add("-".join(run))
        if run[0] == "st":
            found.add(f"st. {' '.join(run[1:])}")
    return found


def _span(text: Text, at: int, people: People) -> tuple[int, int] | None:
    """The first and the last word of a name whose last name begins here."""
    for size in range(_LONGEST, 0, -1):
        if (last := text.run(at, size)) in people:
            knowns, letters = people[last]
            end = at + size
            if (first := _before(text, at, knowns)) is not None:
                return first, end - 1
            if (after := _after(text, end, knowns)) is not None:
                return at, after
            if (first := _short(text, at, letters)) is not None:
                return first, end - 1
            if (first := _shared(text, at, knowns)) is not None:
                return first, end - 1
            if _is_initialled(text, end, letters):
                return at, end
    return None


def _before(text: Text, at: int, knowns: set) -> int | None:
    """Where the first name begins that stands before this word, or before the names and initials between them."""
    for first in range(at, max(at - _BETWEEN - 1, 0), -1):
        gap, is_letter = text.gaps[first - 1], len(text.words[first - 1].folded) == 1
        if gap in _ONE and (found := _ends(text, first, knowns)) is not None:
            return found
        if gap not in (_SHORT if is_letter else _ONE):
            return None
        if not text.is_capital(first - 1) and (not is_letter or text.words[first - 1].folded in _ARTICLES):
            return None
    return None


def _shared(text: Text, at: int, knowns: set) -> int | None:
    """Where a first name begins that shares this last name with others between them: “Asha, Ben and Cora Patel”."""
    if at < 2 or text.gaps[at - 1] not in _ONE or not text.is_capital(at - 1):
        return None
    first, found = at - 1, None
    for _ in range(_TOGETHER):
        if not (end := _joined(text, first)):
            break
        if (begins := _ends(text, end, knowns)) is not None:
            first = found = begins
        elif text.is_capital(end - 1):
            first = end - 1
        else:
            break
    return found


def _joined(text: Text, at: int) -> int:
    """The word behind the name that a comma, “&” or “and” joins to the one that begins with this word; 0 for none."""
    if at and text.gaps[at - 1] in (COMMA, JOINED):
        return at
    is_and = at > 1 and text.words[at - 1].folded == "and" and text.gaps[at - 1] == SIDE_BY_SIDE
    return at - 1 if is_and and text.gaps[at - 2] in (SIDE_BY_SIDE, COMMA) else 0


def _ends(text: Text, at: int, knowns: set) -> int | None:
    """Where a first name begins that ends before this word."""
    return next((at - size for size in range(1, _LONGEST + 1) if text.run(at - size, size) in knowns), None)


def _after(text: Text, end: int, knowns: set) -> int | None:
    """The last word of a first name that stands behind the last one."""
    if end >= len(text.words) or text.gaps[end - 1] not in (*_ONE, COMMA):
        return None
    return next((end + size - 1 for size in range(1, _LONGEST + 1) if text.run(end, size) in knowns), None)


def _short(text: Text, at: int, letters: set[str]) -> int | None:
    """Where a rank or the initials stand before this last name."""
    if not at or text.gaps[at - 1] not in (*_SHORT, NUMBERED):
        return None
    if (rank := _rank(text, at - 1)) is not None:
        return rank
    if text.gaps[at - 1] == NUMBERED or not _is_initial(text, at - 1):
        return None
    if text.words[at - 1].folded in letters:
        return at - 1
    two = at > 1 and text.gaps[at - 2] in _SHORT and _is_initial(text, at - 2)
    return at - 2 if two and text.words[at - 2].folded in letters else None


def _rank(text: Text, at: int) -> int | None:
    """Where a rank begins that ends with this word: “DC”, “D/C”, “Det Con”."""
    if at < 0:
        return None
    word = text.words[at].folded
    if word in _RANKS:
        return at
    before = text.words[at - 1].folded if at else ""
    is_one = at and (text.gaps[at - 1] == TIGHT or (before == "det" and text.gaps[at - 1] in _SHORT))
    return at - 1 if is_one and f"{before}{word}" in _RANKS else None


def _is_initialled(text: Text, at: int, letters: set[str]) -> bool:
    """Whether this word is the initial of a first name, behind the last one: “Patel A”, “Patel, A.”."""
    if at >= len(text.words) or text.words[at].folded not in letters or not text.is_capital(at):
        return False
    is_last = at == len(text.words) - 1 or text.gaps[at] != SIDE_BY_SIDE
    is_near = text.gaps[at - 1] in (SIDE_BY_SIDE, COMMA) and text.is_capital(at - 1)
    return is_near and (is_last or text.words[at].folded not in _ARTICLES)


def _is_initial(text: Text, at: int) -> bool:
    """Whether this word is one letter that stands for a name: “A Patel” and “a. patel”, not “a long wait”."""
    letter = text.words[at].folded
    if letter not in _ARTICLES or text.gaps[at] != SIDE_BY_SIDE:
        return len(letter) == 1
    return text.is_capital(at) and text.is_capital(at + 1)


def _ask(**asked) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, asked)
        return cursor.fetchall()
