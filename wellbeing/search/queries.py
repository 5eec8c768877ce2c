"""What a search finds: as it was typed, else with its typing errors put right, else by any of its words."""

from dataclasses import dataclass, field

from wellbeing.support.queries.topics import topics_meant
from wellbeing.support.snapshot import urgent_numbers

from . import spelling
from .sources import SOURCES, Found, Source

LONGEST = 100  # characters


@dataclass(frozen=True)
class Group:
    """What one source found."""

    source: Source
    found: list[Found]


@dataclass(frozen=True)
class Results:
    """Groups with something in them. `words` are those looked for where that is not what was typed; `loosely`: any
    of the words; `urgent`: what was typed may be about a life, and the urgent numbers come first."""

    groups: list[Group] = field(default_factory=list)
    words: str | None = None
    loosely: bool = False
    urgent: bool = False

    @property
    def numbers(self) -> list:
        """The urgent numbers, where they come first."""
        return urgent_numbers() if self.urgent else []


def search(text: str, person) -> Results:
    """What `person` finds; nothing of it is kept. The number of queries does not grow with what is found."""
    text = " ".join(text.split())[:LONGEST]
    corrected = spelling.corrected(text)
    urgent = _is_urgent(text) or (bool(corrected) and _is_urgent(corrected))
    tries = [(text, None, False)]
    if corrected:
        tries.append((corrected, corrected, False))
    tries.append((corrected or text, corrected, True))
    for words, said, loosely in tries:
        if groups := _groups(words, person, loosely):
            return Results(groups, said, loosely, urgent)
    return Results(urgent=urgent)


def _groups(text: str, person, loosely: bool) -> list[Group]:
    asked = [source for source in SOURCES if source.loosens or not loosely]
    found = [Group(source, source.find(text, person, loosely)) for source in asked]
    return [group for group in found if group.found]


def _is_urgent(text: str) -> bool:
    return any(topic.urgent for topic in topics_meant(text))
