"""A commitment's progress, drawn: where each point and line of the chart stands, for pages and for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date

from forum.models import Commitment, Measurement, Word

LEFT, RIGHT, TOP, BOTTOM = 16, 344, 34, 160
_BESIDE_WORDS = 92  # where the lines begin that have their words beside them
_CLOSE = 10
_LEVELS = {Word.BEHIND: Decimal(0), Word.ON: Decimal(1), Word.DONE: Decimal(2)}


@dataclass(frozen=True)
class Point:
    """A measurement in the drawing, and what stands beside it."""

    x: int
    y: int
    label: str = ""
    anchor: str = "start"
    text_y: int = 0


@dataclass(frozen=True)
class Level:
    """A line across the drawing: the baseline, the target, or one of the three words."""

    y: int
    label: str
    sort: str
    text_y: int


@dataclass(frozen=True)
class Chart:
    """The whole drawing; `words` says what it shows."""

    points: list[Point]
    levels: list[Level]
    left: int
    due_x: int | None
    first: str
    last: str
    words: str

    @property
    def path(self) -> str:
        """The points as SVG takes a line."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def svg(self) -> str:
        """The drawing as a file that stands alone."""
        return render_to_string("forum/plan/chart.svg", {"chart": self, "alone": True})


def drawn(commitment: Commitment, measurements: Sequence[Measurement]) -> Chart | None:
    """The chart of these measurements; None while there is none. By numbers where there are some, else by words."""
    numbers = [(one.day, one.value) for one in measurements if one.value is not None]
    if numbers:
        return _by_numbers(commitment, numbers)
    return _by_words(commitment, measurements) if measurements else None


def number(value: Decimal | None) -> str:
    """A number as people write it: “1,250”, “52.5”."""
    if value is None:
        return ""
    return f"{value:,.1f}".removesuffix(".0")


def with_unit(value: Decimal | None, unit: str) -> str:
    """A number with what it counts: “52% of officers”, “14 days”; empty where there is none."""
    if value is None:
        return ""
    return f"{number(value)}{'' if unit.startswith('%') else ' '}{unit}"


def _by_numbers(commitment: Commitment, numbers: list[tuple[date, Decimal]]) -> Chart:
    baseline, target = commitment.baseline_value, commitment.target_value
    if baseline is not None and commitment.baseline_on < numbers[0][0]:
        numbers = [(commitment.baseline_on, baseline), *numbers]
    values = [value for _, value in numbers] + [value for value in (baseline, target) if value is not None]
    places = _Places([day for day, _ in numbers], commitment.due, min(values), max(values))
    levels = []
    if baseline is not None:
        is_lower = target is None or baseline < target
        levels.append(places.level(baseline, f"Baseline {number(baseline)}", "baseline", below=is_lower))
    if target is not None:
        is_lower = baseline is not None and target <= baseline
        levels.append(places.level(target, f"Target {number(target)}", "target", below=is_lower))
    points = [places.point(day, value) for day, value in numbers]
    points[-1] = places.named(points[-1], number(numbers[-1][1]), levels)
    return places.chart(points, levels, _words_of_numbers(commitment, numbers))


def _by_words(commitment: Commitment, measurements: Sequence[Measurement]) -> Chart:
    days = [one.day for one in measurements]
    places = _Places(days, commitment.due, Decimal(0), Decimal(2), left=_BESIDE_WORDS)
    levels = [Level(places.y(_LEVELS[word]), word.label, "word", places.y(_LEVELS[word]) + 5) for word in Word]
    points = [places.point(one.day, _LEVELS[Word(one.word)]) for one in measurements]
    last = measurements[-1]
    words = f"{_measured(len(measurements))}; the latest, {_month(last.day)}, says: {last.get_word_display().lower()}."
    return places.chart(points, levels, words)


def _words_of_numbers(commitment: Commitment, numbers: list[tuple[date, Decimal]]) -> str:
    (first_day, first), (last_day, last) = numbers[0], numbers[-1]
    said = f"From {with_unit(first, commitment.unit)} in {_month(first_day)} to {number(last)} in {_month(last_day)}"
    if commitment.target_value is not None and commitment.due:
        said += f"; the target is {number(commitment.target_value)} by {_month(commitment.due)}"
    return f"{said}."


def _measured(times: int) -> str:
    return "Measured once" if times == 1 else f"Measured {times} times"


def _month(day: date) -> str:
    return format_date(day, "F Y")


class _Places:
    """Where days and values stand in the drawing."""

    def __init__(self, days: Sequence[date], due: date | None, low: Decimal, high: Decimal, left: int = LEFT):
        self.begins, self.ends = min(days), max([*days, *([due] if due else [])])
        self.due, self.low, self.high, self.left = due, low, high, left

    def x(self, day: date) -> int:
        length = (self.ends - self.begins).days
        room = RIGHT - self.left
        return self.left + round(room * (day - self.begins).days / length) if length else self.left + room // 2

    def y(self, value: Decimal) -> int:
        span = self.high - self.low
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.low) / span) if span else (TOP + BOTTOM) // 2

    def level(self, value: Decimal, label: str, sort: str, *, below: bool) -> Level:
        y = self.y(value)
        return Level(y, label, sort, y + 16 if below else y - 6)

    def point(self, day: date, value: Decimal) -> Point:
        return Point(self.x(day), self.y(value))

    def named(self, point: Point, label: str, levels: list[Level]) -> Point:
        """The point with its number above it; below it where a line or its words stand above."""
        is_taken = any(-_CLOSE < point.y - level.y < 3 * _CLOSE for level in levels if level.y <= point.y)
        anchor = "end" if point.x > (self.left + RIGHT) // 2 else "start"
        return Point(point.x, point.y, label, anchor, point.y + 20 if is_taken else point.y - 9)

    def chart(self, points: list[Point], levels: list[Level], words: str) -> Chart:
        due_x = self.x(self.due) if self.due else None
        return Chart(
            points, levels, self.left, due_x, format_date(self.begins, "M Y"), format_date(self.ends, "M Y"), words
        )
