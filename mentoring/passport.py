"""What an adjustment passport asks, in the words of its form, its pages and its PDF."""

from collections.abc import Iterator
from dataclasses import dataclass

NEEDS = "Needs, not conditions: no diagnosis, no medicines."
# Each prompt by its key, with the hint beside its box.
PROMPTS = {
    "helps": (
        "What helps me at work",
        f"For example a quiet place to write, breaks at set times, instructions in writing. {NEEDS}",
    ),
    "agreed": ("Adjustments I have agreed", ""),
    "harder": ("What makes things harder", f"For example late changes to my shifts, a crowded room. {NEEDS}"),
    "hard_day": (
        "How I would like to be approached on a hard day",
        f"By whom, where, in which words; or that I would rather be left alone. {NEEDS}",
    ),
    "equipment": ("Equipment", f"What I use or need: a chair, a screen, software. {NEEDS}"),
    "emergency": ("In an emergency, ring", f"Who, and on which number. Ask them first. {NEEDS}"),
}
AGREED = "agreed"
TEXTS = tuple(key for key in PROMPTS if key != AGREED)
# What is asked of each adjustment besides what it is, as its page says it.
DETAILS = {"since": "since {}", "review": "to be looked at again: {}", "with_whom": "agreed with {}"}


@dataclass(frozen=True)
class Adjustment:
    """One agreed adjustment: what it is, and since when, until when and with whom, in one line."""

    what: str
    details: str

    @property
    def line(self) -> str:
        return f"{self.what}: {self.details}" if self.details else self.what


@dataclass(frozen=True)
class Section:
    """One prompt that was answered, with its text or its adjustments."""

    label: str
    text: str = ""
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Its text by line; nothing of lines that are empty."""
        lines = [one.line for one in self.adjustments] or self.text.splitlines()
        return [line.strip() for line in lines if line.strip()]


def sections(answers: dict) -> list[Section]:
    """What was answered, in the order of the form."""
    return list(_sections(answers))


def in_words(answers: dict) -> list[tuple[str, str]]:
    """A passport for a page that opens records of any kind."""
    return [(section.label, "\n".join(section.lines)) for section in sections(answers)]


def _sections(answers: dict) -> Iterator[Section]:
    for key, (label, _) in PROMPTS.items():
        if key == AGREED and answers.get(key):
            yield Section(label, adjustments=tuple(_adjustment(row) for row in answers[key]))
        elif answers.get(key):
            yield Section(label, text=answers[key])


def _adjustment(row: dict) -> Adjustment:
    details = [words.format(row[name]) for name, words in DETAILS.items() if row.get(name)]
    return Adjustment(row["what"], ", ".join(details))
