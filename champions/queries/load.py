"""How much champions have on their hands, as far as they counted it themselves."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from django.db import connection
from django.utils import timezone

from champions.models import OPEN_STATES, Band, Tally
from wellbeing.people.models import Person
from wellbeing.training.dates import months_after

MONTHS = 3  # this one and the two before
# A band counted as a number: its middle; for “more than 10”, a little more.
MIDDLES = {Band.NONE: 0, Band.FEW: 1.5, Band.SOME: 4, Band.MANY: 8, Band.MORE: 12}
ENOUGH_WHO_COUNTED = 5
TIMES_THE_MEDIAN = 2
ENOUGH_CONVERSATIONS = 10
MOST_NAMED = 2


@dataclass(frozen=True)
class Month:
    """One month of one champion: its first day, and what they counted, None where nothing."""

    first: date
    tally: Tally | None = None
    is_open: bool = True  # it can still be counted

    @property
    def services(self) -> list[str]:
        return [signpost.service.name for signpost in self.tally.signposts.all()] if self.tally else []


@dataclass(frozen=True)
class Line:
    """One champion who counted: the tallies of the three months, None where they did not."""

    person: Person
    tallies: tuple[Tally | None, ...]

    @property
    def by_month(self) -> list[tuple[date, str]]:
        """Each month with its band in words, empty where they did not count it."""
        bands = [tally.get_conversations_display() if tally else "" for tally in self.tallies]
        return list(zip(months(), bands, strict=True))

    @property
    def counted(self) -> list[float]:
        """The months they counted, each as a number of conversations."""
        return [MIDDLES[tally.conversations] for tally in self.tallies if tally]


@dataclass(frozen=True)
class Load:
    """The last three months, the newest first; `far_above` are those with far more conversations than the others.

    `signposts` are services and how many champions pointed there: at least so many, in steps of five, 0 for fewer
    than five.
    """

    months: list[date]
    lines: list[Line]
    far_above: list[Person]
    signposts: list[tuple[str, int]]


def months() -> list[date]:
    """The first days of the months that can be counted, the newest first."""
    this = timezone.localdate().replace(day=1)
    return [months_after(this, -back) for back in range(MONTHS)]


def own_months(person: Person) -> list[Month]:
    """The months that `person` can count, and earlier ones that they have counted and that are still kept."""
    tallies = Tally.objects.filter(person=person).prefetch_related("signposts__service")
    by_month = {tally.month: tally for tally in tallies}
    can_be = months()
    earlier = sorted(by_month.keys() - set(can_be), reverse=True)
    return [
        *(Month(first, by_month.get(first)) for first in can_be),
        *(Month(first, by_month[first], is_open=False) for first in earlier),
    ]


def own_month(person: Person, first: date) -> Month:
    """One of them, counted or not."""
    return next((month for month in own_months(person) if month.first == first), Month(first, is_open=False))


def of_the_network() -> Load:
    """What champions counted in the last three months, for the coordinator; nobody else is shown anything."""
    three = months()
    tallies = Tally.objects.filter(
        month__in=three, person__in=Person.objects.listed(), person__champion__state__in=OPEN_STATES
    )
    by_person = defaultdict(dict)
    for tally in tallies.select_related("person__champion"):
        by_person[tally.person][tally.month] = tally
    lines = [Line(person, tuple(its.get(month) for month in three)) for person, its in by_person.items()]
    lines.sort(key=lambda line: (line.person.last_name, line.person.known_as, line.person.pk))
    return Load(three, lines, [line.person for line in far_above(lines)], _signposts())


def far_above(lines: list[Line]) -> list[Line]:
    """Those of `lines`, two at most, whose champions have far more conversations than the others.

    A band counts as its middle, and a champion as their mean over the months they counted, so that nobody stands out
    by having counted more often. Far above is who has, by that mean, at least twice the median of all who counted, and
    ten conversations or more in the three months together. Nobody is named where fewer than five counted. Where more
    than two are far above, the two with the most are named; who has as many as the third is not, since nothing sets
    them apart.
    """
    if len(lines) < ENOUGH_WHO_COUNTED:
        return []
    usual = median(mean(line.counted) for line in lines)
    far = [
        line
        for line in lines
        if sum(line.counted) >= ENOUGH_CONVERSATIONS and mean(line.counted) >= TIMES_THE_MEDIAN * usual
    ]
    far.sort(key=lambda line: mean(line.counted), reverse=True)
    left_out = {mean(line.counted) for line in far[MOST_NAMED:]}
    return [line for line in far[:MOST_NAMED] if mean(line.counted) not in left_out]


def _signposts() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select service, at_least from champions_signposts()")
        return cursor.fetchall()
