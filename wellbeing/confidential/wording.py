"""What a sealed text says, prompt by prompt, for pages that open records of any kind: its app registers how."""

from collections.abc import Callable

from .models import Part

_kinds: dict[str, Callable[[dict], list[tuple[str, str]]]] = {}


def register(kind: str, words: Callable[[dict], list[tuple[str, str]]]) -> None:
    """`words(answers)` returns each prompt of a record of this kind with its answer, in the order of its form."""
    _kinds[kind] = words


def in_words(kind: str, *, part: str, answers: dict) -> list[tuple[str, str]]:
    """Each prompt that was answered, with its answer; of a comment or request, its text."""
    if part == Part.TEXT:
        return _kinds[kind](answers)
    return [(Part(part).label, answers.get("text", ""))]
