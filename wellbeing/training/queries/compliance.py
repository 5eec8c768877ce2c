"""Who holds what they must hold: numbers by division and station, and, for whoever keeps the roster, names.

People in covert roles are counted nowhere.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Value, When

from wellbeing.people.models import Division, Person, Station
from wellbeing.training.models import Required, Requirement, Standing

NOWHERE = "-"  # in an address: people without a station
# As they stand in the chart, the table and the list of names, and what each means.
MEANINGS = {
    Standing.DONE: "They have completed it, and it still holds.",
    Standing.BOOKED: "It does not hold, or they have not done it yet, and they have a place in a session.",
    Standing.DUE: "It is new to them: there is still time, and they have no place yet.",
    Standing.OVERDUE: "They have never done it, the time for it is over, and they have no place.",
    Standing.EXPIRED: "They have done it once, it holds no longer, and they have no place.",
}
ORDER = tuple(MEANINGS)
_LEFT, _BAR = 1.0, 358  # where a bar begins and how wide it is, in a chart that is 360 wide


@dataclass(frozen=True)
class Part:
    """A piece of a bar: where it begins and how wide it is, in the units of the chart."""

    standing: str
    number: int
    left: float
    width: float

    @property
    def label(self) -> str:
        return label_of(self.standing).lower()


@dataclass
class Line:
    """A division, a station, or all together, with how many have done it, or have yet to."""

    name: str
    slug: str
    counts: Counter = field(default_factory=Counter)

    @property
    def whole(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> int:
        """Of a hundred, how many hold it; rounded down, so that 100 means everybody."""
        return 100 * self.counts[Standing.DONE] // self.whole if self.whole else 0

    @property
    def numbers(self) -> list[int]:
        """In the order of `ORDER`."""
        return [self.counts[standing] for standing in ORDER]

    @property
    def cells(self) -> list[tuple[str, int]]:
        """The same, each with what it counts."""
        return list(zip(ORDER, self.numbers, strict=True))

    @property
    def parts(self) -> list[Part]:
        """The pieces of its bar, in the same order, those that are empty left out."""
        parts, left = [], _LEFT
        for standing, number in self.cells:
            width = _BAR * number / self.whole if self.whole else 0
            if number:
                parts.append(Part(standing, number, round(left, 1), round(width, 1)))
            left += width
        return parts


def label_of(standing: str) -> str:
    """“Expired”."""
    return Standing(standing).label


def requirements_in_force():
    """The requirements that concern somebody, by course."""
    return Requirement.objects.filter(is_in_force=True).select_related("course").order_by("course__title")


def by_division(requirement: Requirement) -> list[Line]:
    """A line for each division in which it concerns somebody, those without a station last; three queries."""
    divisions = Division.objects.order_by("name").values_list("pk", "name", "slug")
    lines = {pk: Line(name, slug) for pk, name, slug in divisions} | {0: Line("No station", NOWHERE)}
    return _filled(lines, requirement, dict(Station.objects.values_list("pk", "division")) | {None: 0})


def by_station(requirement: Requirement, division: Division) -> list[Line]:
    """A line for each station of `division` in which it concerns somebody; two queries."""
    stations = Station.objects.filter(division=division).order_by("name").values_list("pk", "name", "slug")
    lines = {pk: Line(name, slug) for pk, name, slug in stations}
    return _filled(lines, requirement, {pk: pk for pk in lines})


def all_together(lines: list[Line]) -> Line:
    """The sum of these lines."""
    return Line("Together", "", sum((line.counts for line in lines), Counter()))


def people_of(requirement: Requirement):
    """Everybody whom it concerns, hidden people too, with `standing`: for whoever keeps the roster, and nobody else.

    Those who do not hold it stand first.
    """
    urgency = [Standing.EXPIRED, Standing.OVERDUE, Standing.DUE, Standing.BOOKED, Standing.DONE]
    whens = [When(standing=standing, then=Value(place)) for place, standing in enumerate(urgency)]
    rows = Required.objects.live().filter(requirement=requirement, person__in=Person.objects.current())
    rows = rows.with_standing().annotate(urgency=Case(*whens, output_field=IntegerField()))
    rows = rows.select_related("person__station")
    return rows.order_by("urgency", "person__last_name", "person__known_as", "pk")


def late() -> dict[str, Counter]:
    """For each course that is required, how many hold it no longer or never did in time; none where there are none."""
    rows = _counted(Required.objects.filter(requirement__is_in_force=True))
    rows = rows.filter(standing__in=(Standing.EXPIRED, Standing.OVERDUE))
    found = defaultdict(Counter)
    for title, standing, number in rows.values_list("requirement__course__title", "standing").annotate(Count("pk")):
        found[title][standing] = number
    return dict(sorted(found.items()))


def _counted(rows):
    return rows.live().filter(person__in=Person.objects.listed()).with_standing().order_by()


def _filled(lines: dict[int, Line], requirement: Requirement, line_of: dict[int, int]) -> list[Line]:
    """The lines with their numbers, those of nobody left out; `line_of` has the line of each station by its key."""
    rows = _counted(Required.objects.filter(requirement=requirement))
    for station, standing, number in rows.values_list("person__station", "standing").annotate(Count("pk")):
        if line := lines.get(line_of.get(station)):
            line.counts[standing] += number
    return [line for line in lines.values() if line.whole]
