"""Which topics somebody means by what they type: by name, by other words for it, and with small slips of the keys.

What is typed is compared with the list and kept nowhere: no table, no cache.
"""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from ..models import Topic

# Words that stand in every sentence, which alone mean nothing; a phrase may have them, as “can't sleep” has.
_COMMON_WORDS = Path(__file__).parent.parent / "data" / "common_words.txt"
_MOST_WORDS = 20
_BEGINNING = 3  # letters from which half a word, as it is being typed, counts
_SHORTEST_WITH_SLIPS = 4  # letters: shorter words are too like one another
_ALIKE = 0.8  # of difflib's ratio: one letter in five wrong, or two letters in the wrong order
_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "er", "s", "e", "y")
_STEM = 4  # letters that an ending leaves
# How near: what is typed says it whole, or has each of its words, or has one of them, or is spelt almost like it.
_WHOLE, _EACH_WORD, _ONE_WORD, _SPELT_LIKE = 4, 3, 2, 1

Words = tuple[str, ...]


@dataclass(frozen=True)
class _Typed:
    words: Words
    telling: Words  # those of the words that say something


def topics_meant(text: str) -> list[Topic]:
    """The shown topics that `text` may mean, the nearest first, urgent ones before all; none for nothing typed.

    “can't sleep”, “cant sleep”, “I can’t sleep” and “slepeing” mean “Not sleeping”. One query.
    """
    words = _words(text)[:_MOST_WORDS]
    if not words:
        return []
    typed = _Typed(words, tuple(word for word in words if word not in _common_words()))
    near = {topic: _nearness(typed, topic) for topic in Topic.objects.shown()}
    best = max(near.values(), default=0)
    enough = min(best, _EACH_WORD) or _SPELT_LIKE
    found = [topic for topic in near if near[topic] >= enough]
    return sorted(found, key=lambda topic: (not topic.urgent, -near[topic], topic.order, topic.name))


def _nearness(typed: _Typed, topic: Topic) -> int:
    return max(_near_phrase(typed, _words(phrase)) for phrase in (topic.name, *topic.also_called))


def _near_phrase(typed: _Typed, phrase: Words) -> int:
    if _stands_in(phrase, typed.words) or _begins(phrase, typed.words):
        return _WHOLE
    said = [any(_same(word, other) for other in phrase) for word in typed.telling]
    if said and all(said):
        return _EACH_WORD
    if any(said):
        return _ONE_WORD
    return _SPELT_LIKE if _spelt_like(typed, phrase) else 0


def _stands_in(phrase: Words, words: Words) -> bool:
    """Whether the phrase is among what was typed, word after word."""
    size = len(phrase)
    return bool(size) and any(words[at : at + size] == phrase for at in range(len(words) - size + 1))


def _begins(phrase: Words, words: Words) -> bool:
    """Whether what was typed is how the phrase begins, the last word perhaps not finished."""
    *whole, last = words
    size = len(whole)
    typed_enough = len("".join(words)) >= _BEGINNING
    return typed_enough and size < len(phrase) and list(phrase[:size]) == whole and phrase[size].startswith(last)


def _same(word: str, other: str) -> bool:
    """Whether two words are one, with another ending or not finished yet."""
    return _stem(word) == _stem(other) or (len(word) >= _BEGINNING and other.startswith(word))


def _stem(word: str) -> str:
    """The word without its endings: “bullied” and “bullying” are both “bull”."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if _STEM <= len(stem) < len(word) and not word.endswith("ss"):
            return _stem(stem)
    return word


def _spelt_like(typed: _Typed, phrase: Words) -> bool:
    pairs = [("".join(typed.words), "".join(phrase))]
    pairs += [(word, other) for word in typed.telling for other in phrase if other not in _common_words()]
    return any(_almost(*pair) for pair in pairs)


def _almost(word: str, other: str) -> bool:
    shorter, longer = sorted((len(word), len(other)))
    if shorter < _SHORTEST_WITH_SLIPS or 2 * shorter < _ALIKE * (shorter + longer):
        return False
    likeness = SequenceMatcher(None, word, other, autojunk=False)
    return likeness.quick_ratio() >= _ALIKE and likeness.ratio() >= _ALIKE


def _words(text: str) -> Words:
    """Small letters without accents, and without apostrophes of any shape; whatever else is no letter parts words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = [letter for letter in plain if letter not in "'’‘ʼ`´′" and not unicodedata.combining(letter)]
    return tuple("".join(letter if letter.isalnum() else " " for letter in kept).split())


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(_COMMON_WORDS.read_text(encoding="utf-8").split())
