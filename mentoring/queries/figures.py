"""What the wellbeing lead sees of contact while away and of returns: what is published, and nothing behind it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from mentoring.models import Band, Figure, Scope, What

QUARTERS = 8
MOVED_BY = 3  # people: chance moves nine numbers in ten by no more than that
_FEW = 5


@dataclass(frozen=True)
class Cell:
    """One figure of one place in one quarter, as it is shown."""

    quarter: date
    band: str = Band.HIDDEN
    about: int | None = None
    share: int | None = None
    parts: int = 1  # divisions of which it is made, each of which chance has moved

    @property
    def is_shown(self) -> bool:
        return self.band != Band.HIDDEN

    @property
    def give_or_take(self) -> int:
        """By how many points chance may have moved the share, in fives, nine times in ten."""
        return min(50, 5 * ceil(20 * MOVED_BY * sqrt(self.parts) / (self.about or 1)))

    @property
    def height(self) -> int:
        """How high its bar is, of 100: where only a limit is known, up to that limit."""
        if self.band == Band.SHARE:
            return self.share
        limit = 100 * _FEW // self.about if self.is_shown else 0
        return {Band.FEW: limit, Band.MOST: 100 - limit}.get(self.band, 0)

    @property
    def quarter_name(self) -> str:
        return name_of(self.quarter)


@dataclass(frozen=True)
class Bar:
    """Where a cell's bar stands in a chart whose line of 0 is at 120, and of 100 at 20."""

    cell: Cell
    left: int

    @property
    def middle(self) -> int:
        return self.left + 14

    @property
    def top(self) -> int:
        return 120 - self.cell.height


@dataclass(frozen=True)
class Place:
    """A division, those too small to stand alone, or all together: its cells, from the oldest quarter to the newest."""

    scope: str
    division: str
    cells: list[Cell]

    @property
    def bars(self) -> list[Bar]:
        """In the order of the table beside them."""
        return [Bar(cell, 34 + 40 * number) for number, cell in enumerate(self.cells)]


@dataclass(frozen=True)
class Chart:
    """One figure: its name, and the places of which anything is shown."""

    what: str
    label: str
    places: list[Place]
    hidden: list[str]


def charts() -> list[Chart]:
    """The last eight quarters of each figure, as far as they are published; two queries. Nothing but for the lead."""
    by_what = defaultdict(list)
    quarters = sorted(set(Figure.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()[:QUARTERS]))
    for row in Figure.objects.filter(quarter__in=quarters):
        by_what[row.what].append(row)
    return [_chart(what, by_what[what]) for what in What if by_what[what]]


def name_of(quarter: date) -> str:
    """“July to September 2026”."""
    last = quarter.replace(month=quarter.month + 2)
    return f"{quarter:%B} to {last:%B %Y}"


def _chart(what: What, rows: list[Figure]) -> Chart:
    quarters = sorted({row.quarter for row in rows})
    by_place = defaultdict(dict)
    for row in rows:
        parts = _parts(row, rows)
        by_place[row.scope, row.division][row.quarter] = Cell(row.quarter, row.band, row.about, row.share, parts)
    order = {Scope.FORCE: 0, Scope.DIVISION: 1, Scope.OTHERS: 2}
    places = [
        Place(scope, division, [cells.get(quarter, Cell(quarter)) for quarter in quarters])
        for (scope, division), cells in sorted(by_place.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]
    shown = [place for place in places if any(cell.is_shown for cell in place.cells)]
    return Chart(what, what.label, shown, [place.division for place in places if place not in shown])


def _parts(cell: Figure, rows: list[Figure]) -> int:
    """Of how many divisions a cell is made, at most."""
    if cell.scope == Scope.DIVISION:
        return 1
    apart = [row for row in rows if row.quarter == cell.quarter and row.scope == Scope.DIVISION]
    hidden = sum(row.band == Band.HIDDEN for row in apart)
    return max(1, hidden if cell.scope == Scope.OTHERS else len(apart))
