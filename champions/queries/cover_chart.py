"""How the force is covered, drawn: a bar for each division, as long as it has stations, in three parts."""

from dataclasses import dataclass

from .cover import Total

WIDTH = 320
_ROW, _BAR_AT = 86, 26
_WORDS = {"none": "no champion", "one": "one", "more": "two or more"}


@dataclass(frozen=True)
class Part:
    """One part of a bar: which (`none`, `one`, `more`), of how many stations, and where it stands."""

    which: str
    number: int
    left: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A division's bar, in units of the drawing: its name at `top`, the bar at `bar`, what it says at `words`."""

    total: Total
    top: int
    parts: list[Part]

    @property
    def bar(self) -> int:
        return self.top - 16 + _BAR_AT

    @property
    def words(self) -> int:
        return self.bar + 40

    @property
    def sentence(self) -> str:
        """“2 no champion · 3 one · 5 two or more”, without what is not there."""
        return " · ".join(f"{part.number} {_WORDS[part.which]}" for part in self.parts)


def drawn(totals: list[Total]) -> list[Bar]:
    """A bar for each total, the division with the most stations as wide as there is room."""
    most = max((total.stations for total in totals), default=0) or 1
    return [Bar(total, 16 + number * _ROW, _parts(total, WIDTH / most)) for number, total in enumerate(totals)]


def height_of(bars: list[Bar]) -> int:
    return len(bars) * _ROW


def _parts(total: Total, unit: float) -> list[Part]:
    parts, left = [], 0.0
    for which in _WORDS:
        if number := getattr(total, which):
            parts.append(Part(which, number, round(left, 1), round(number * unit, 1)))
            left += number * unit
    return parts
