"""What stands together on a screen that is read from five metres, by an estimate that is rather too high."""

from dataclasses import dataclass
from math import ceil

from forum.board_words import facts
from forum.models import Outcome
from forum.queries.boards import Board

PEOPLE = 3  # beside the outcomes
_LETTERS, _LINES = 70, 19  # of a line, and of a page, in large letters


@dataclass(frozen=True)
class Page:
    """One page of a screen: its number from 1, its outcomes, people beside them, and how many there are besides."""

    number: int
    outcomes: tuple[Outcome, ...]
    people: tuple
    besides: int
    more_people: int
    is_dense: bool = False


def pages_of(board: Board) -> list[Page]:
    """All pages, one at least; people take turns beside the outcomes."""
    parts = _parts(board.everything)
    people = _taking_turns(board)
    groups = [people[start : start + PEOPLE] for start in range(0, len(people), PEOPLE)] or [[]]
    return [
        Page(
            number=number,
            outcomes=tuple(part),
            people=tuple(groups[(number - 1) % len(groups)]),
            besides=len(board.everything) - len(part),
            more_people=len(people) - len(groups[(number - 1) % len(groups)]),
            is_dense=sum(map(_height, part)) > _LINES,
        )
        for number, part in enumerate(parts, start=1)
    ]


def _taking_turns(board: Board) -> list[tuple]:
    """Everybody named, the first of each station before anybody's second."""
    ranked = [(rank, row.station, one) for row in board.stations for rank, one in enumerate(row.people)]
    return [(station, one) for _, station, one in sorted(ranked, key=lambda each: each[0])]


def _parts(outcomes) -> list[list[Outcome]]:
    """The outcomes in their order, as many together as a page holds; a very long one alone."""
    parts: list[list[Outcome]] = [[]]
    for one in outcomes:
        if parts[-1] and sum(map(_height, [*parts[-1], one])) > _LINES:
            parts.append([])
        parts[-1].append(one)
    return parts


def _height(one: Outcome) -> int:
    """How many lines it takes in large letters, with the space below it."""
    texts = [f"You said: {one.said}" if one.said else "", f"{one.called} {one.text}", one.next and f"Next: {one.next}"]
    return sum(ceil(len(text) / _LETTERS) for text in [*texts, " · ".join(facts(one))]) + 1
