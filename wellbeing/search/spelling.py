"""Typing errors: each word that is not known is compared with those that share pieces of three letters with it."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db import connection

from .models import Word

SHORTEST = 4  # letters: shorter ones are as likely meant as they stand
LIKE_ENOUGH = 0.75  # of 1, as difflib counts: one wrong letter in four
CANDIDATES = 40
_WORD = re.compile(r"[^\W\d_]{2,40}")
_NEAR = """
    SELECT word FROM search_word WHERE parts && %(parts)s::varchar[]
    ORDER BY cardinality(ARRAY(SELECT unnest(parts) INTERSECT SELECT unnest(%(parts)s::varchar[]))) DESC, word
    LIMIT %(most)s"""


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, with straight apostrophes left out."""
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def parts(word: str) -> list[str]:
    """The pieces of three letters of a word, with its beginning and its end marked."""
    marked = f" {word} "
    return sorted({marked[at : at + 3] for at in range(len(marked) - 2)})


def corrected(text: str) -> str | None:
    """The text with words that nobody knows in the spelling of those they look most like; None where nothing changes.

    Two queries at most for each word that is not known.
    """
    typed = words_in(text)
    known = set(Word.objects.filter(word__in=typed).values_list("word", flat=True))
    meant = [word if word in known or len(word) < SHORTEST else _likeliest(word) or word for word in typed]
    return " ".join(meant) if meant != typed else None


def learn(texts: Iterable[str]) -> int:
    """Know the words of these texts and no others, as the worker; returns how many are new or gone."""
    wanted = {word for text in texts for word in words_in(text) if len(word) >= SHORTEST}
    known = set(Word.objects.values_list("word", flat=True))
    Word.objects.filter(word__in=known - wanted).delete()
    new = [Word(word=word, parts=parts(word)) for word in wanted - known]
    Word.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    return len(known ^ wanted)


def _likeliest(word: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"parts": parts(word), "most": CANDIDATES})
        near = [row[0] for row in cursor.fetchall()]
    scored = [(SequenceMatcher(None, word, other).ratio(), other) for other in near]
    like = [found for found in scored if found[0] >= LIKE_ENOUGH]
    return max(like)[1] if like else None
