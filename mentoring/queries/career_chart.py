"""How often career mentoring helped, drawn: where each bar of the chart stands."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date

from mentoring.prompts_career import HELPED

_LEFT, _WIDTH, _ROW, _GAP = 78, 220, 28, 40
_COLOURS = {"yes": "#0f5e5a", "partly": "#8a6d1f", "no": "#5b3a78"}


@dataclass(frozen=True)
class Bar:
    """One bar: what was said, how often (None: fewer than five), and where it stands, in units of the drawing."""

    label: str
    number: int | None
    colour: str
    y: int
    width: int
    left: int = _LEFT

    @property
    def middle(self) -> int:
        return self.y + 18

    @property
    def end(self) -> int:
        return self.left + self.width + 8


@dataclass(frozen=True)
class Quarter:
    """A quarter in words, and in few letters for the table; its bars; `y` is where its title stands."""

    name: str
    short: str
    y: int
    bars: list[Bar]


def drawn(figures: list[tuple[date, dict[str, int | None]]]) -> list[Quarter]:
    """The figures of `career.figures()` with the places of their bars, the longest as wide as there is room."""
    longest = max((number or 0 for _, said in figures for number in said.values()), default=0) or 1
    height = _GAP + _ROW * len(HELPED)
    return [
        Quarter(
            _named(first, "F"), _named(first, "M"), place * height + 20, [*_bars(said, place * height + 30, longest)]
        )
        for place, (first, said) in enumerate(figures)
    ]


def height_of(quarters: list[Quarter]) -> int:
    return len(quarters) * (_GAP + _ROW * len(HELPED)) + 10


def _bars(said: dict[str, int | None], top: int, longest: int):
    for row, (key, label) in enumerate(HELPED.items()):
        number = said[key]
        yield Bar(label, number, _COLOURS[key], top + row * _ROW, round((number or 0) / longest * _WIDTH))


def _named(first: date, month: str) -> str:
    last = first.replace(month=first.month + 2)
    return f"{format_date(first, month)} to {format_date(last, f'{month} Y')}"
