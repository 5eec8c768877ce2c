"""The action plan as it is read: commitments by area, how each stands, and its chart."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum import plan_chart
from forum.models import Area, Commitment, Elsewhere, Measurement, Outcome, Sponsor, Word
from wellbeing.people import history
from wellbeing.people.models import Division, Person

_OUTCOMES = 20
_SILENT = {"owner", "owner_office", "measure_months"}  # what changes without the promise being another


class Standing(models.TextChoices):
    """How a commitment stands. What has passed its target date and is not done counts as behind."""

    BEHIND = "behind", "Behind"
    ON = "on", "On course"
    NONE = "none", "No measurement yet"
    DONE = "done", "Done"
    STOPPED = "stopped", "Will not be done"


@dataclass
class Line:
    """A commitment with its measurements, the oldest first, and how it stands today."""

    commitment: Commitment
    measurements: list[Measurement]
    today: date = field(default_factory=timezone.localdate)

    @property
    def latest(self) -> Measurement | None:
        return self.measurements[-1] if self.measurements else None

    @property
    def standing(self) -> Standing:
        if self.commitment.is_closed:
            return Standing(self.commitment.closed_as)
        if self.latest and self.latest.word == Word.DONE:
            return Standing.DONE
        if self.is_past_target:
            return Standing.BEHIND
        return Standing(self.latest.word) if self.latest else Standing.NONE

    @property
    def is_past_target(self) -> bool:
        """Whether its target date is over while it goes on."""
        due = self.commitment.due
        is_done = self.commitment.is_closed or (self.latest and self.latest.word == Word.DONE)
        return bool(due and due < self.today and not is_done)

    @property
    def is_to_measure(self) -> bool:
        """Whether the day by which it was to be measured is over."""
        by = self.commitment.measure_on
        return bool(self.commitment.is_published and not self.commitment.is_closed and by and by < self.today)

    @cached_property
    def chart(self) -> plan_chart.Chart | None:
        """Its chart; None while nothing is measured."""
        return plan_chart.drawn(self.commitment, self.measurements)

    @property
    def baseline_number(self) -> str:
        return plan_chart.with_unit(self.commitment.baseline_value, self.commitment.unit)

    @property
    def target_number(self) -> str:
        return plan_chart.with_unit(self.commitment.target_value, self.commitment.unit)

    @property
    def rows(self) -> list[tuple[Measurement, str]]:
        """Each measurement with its number as it is written, the latest first."""
        return [(one, plan_chart.number(one.value)) for one in reversed(self.measurements)]


@dataclass
class Part:
    """An area of the framework with its commitments."""

    area: Area
    lines: list[Line]


@dataclass
class Patron:
    """A sponsoring chief officer with what they sponsor."""

    sponsor: Sponsor
    lines: list[Line]


def plan(division: Division | None = None) -> list[Line]:
    """Every published commitment; with a division, those that concern everybody or that division. Two queries."""
    rows = Commitment.objects.published()
    if division:
        rows = rows.filter(Q(division__isnull=True) | Q(division=division))
    return _lines(rows)


def by_area(lines: list[Line]) -> list[Part]:
    """The same in the order of the framework, without empty areas; in each the open ones first, by target date."""
    found = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.commitment.is_closed, line.commitment.due)):
        found[line.commitment.area].append(line)
    return [Part(area, found[area]) for area in Area if found[area]]


def patrons(lines: list[Line]) -> list[Patron]:
    """The sponsoring chief officers who are here and may be listed, each with those of `lines` that they sponsor."""
    theirs = defaultdict(list)
    for line in lines:
        theirs[line.commitment.sponsor_id].append(line)
    return [Patron(sponsor, theirs[sponsor.pk]) for sponsor in shown_sponsors()]


def shown_sponsors():
    """Sponsors whom everybody may read of: neither hidden nor gone."""
    return Sponsor.objects.filter(Q(person__isnull=True) | Q(person__in=Person.objects.listed()))


def counted(lines: list[Line]) -> list[tuple[Standing, int]]:
    """How many stand how, in words and numbers; those of which there is none are left out."""
    numbers = [(one, sum(line.standing == one for line in lines)) for one in Standing]
    return [(one, number) for one, number in numbers if number]


def line_of(commitment: Commitment) -> Line:
    """One commitment as it is read."""
    return Line(commitment, list(commitment.measurements.all()))


def kept() -> list[Line]:
    """Every commitment for those who keep the plan: drafts, what goes on, what is closed."""
    return _lines(Commitment.objects.all())


def changes_of(commitment: Commitment) -> list[tuple[date, list[str]]]:
    """When it was changed after publishing, the latest first, and what of it in words."""
    if commitment.changed_at is None:
        return []
    names = {one.name: str(one.verbose_name) for one in Commitment._meta.fields}
    lines = history.of(commitment).filter(verb="changed", at__gte=commitment.published_at)
    told = [(line.at, [names[key] for key in line.details if key in names and key not in _SILENT]) for line in lines]
    return [(at, fields) for at, fields in told if fields]


def outcomes_beside(commitment: Commitment):
    """What the forum decided in the same area, the latest first."""
    same = Outcome.objects.published().filter(area=commitment.area).select_related("meeting")
    return same.order_by("-published_at", "position")[:_OUTCOMES]


def elsewhere(area: str = ""):
    """What other forces decided, the latest first; of one area where one is named."""
    rows = Elsewhere.objects.all()
    return rows.filter(area=area) if area in Area.values else rows


def forces() -> list[str]:
    """The other forces of which something stands here."""
    return list(Elsewhere.objects.order_by("force").values_list("force", flat=True).distinct())


def without_owner():
    """Commitments that go on and that nobody owns any longer."""
    gone = Q(owner__isnull=False) & ~Q(owner__in=Person.objects.listed())
    nobody = Q(owner__isnull=True, owner_office="")
    return Commitment.objects.running().filter(gone | nobody | Q(ownerless_since__isnull=False))


def past_target() -> list[Line]:
    """Commitments that go on after their target date."""
    return [line for line in _lines(Commitment.objects.running()) if line.is_past_target]


def _lines(rows) -> list[Line]:
    rows = rows.select_related("owner", "sponsor", "division").prefetch_related("measurements")
    return [line_of(row) for row in rows]
