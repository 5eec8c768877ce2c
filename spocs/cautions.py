"""What somebody who writes a story may want to look at again: a few signs in the text, read and never kept.

They are hints, not a judgement: a second person reads every story. Each is a pattern and one kind sentence.
"""

import re

_SIGNS = (
    (
        r"\b\d{4,}\b|\b\d{2,}[/-]\d{2,}\b",
        "There is a long number in it. Leave out references, collar numbers and dates.",
    ),
    (
        r"\b0\d{3,4} ?\d{3} ?\d{3}\b|@\w",
        "There is a telephone number or an address in it. Leave it out: people find those on other pages.",
    ),
    (
        r"\b(?:PC|DC|Sgt|DS|Insp|DI|DCI|PCSO|Supt|Sergeant|Inspector|Constable) [A-Z][a-z]+",
        "There seems to be a colleague's name in it. Say “my sergeant”, or “a friend on my team”.",
    ),
    (
        r"\b(?:my|our) (?:wife|husband|partner|son|daughter|mother|father|brother|sister|mum|dad),? [A-Z][a-z]+",
        "There seems to be the name of somebody close to you in it. They have not been asked: leave the name out.",
    ),
    (
        r"\b(?:hanged|hanging|overdos\w*|ligature|tablets|noose|cut (?:my|his|her) wrists?|jump(?:ed)? (?:off|from))\b",
        "It may say how somebody hurt themselves. Say that you had such thoughts; leave out how.",
    ),
    (
        r"\b(?:victim|suspect|offender|witness|post.?mortem|court case|custody record)\b",
        "It may describe an incident. Tell what it did to you, and leave the incident itself out.",
    ),
)
_COMPILED = tuple((re.compile(sign), said) for sign, said in _SIGNS)


def cautions_in(text: str) -> list[str]:
    """The sentences for what stands in `text`, each once; none for most texts."""
    return [said for sign, said in _COMPILED if sign.search(text)]
