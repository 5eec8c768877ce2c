"""What looks after volunteers shows: to themselves, to the coordinator, and of all together what people lacked."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import connection
from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from wellbeing.people.models import Person
from wellbeing.support.models import Guidance

from .. import policy
from ..models import SUPERVISED_AFTER, Conversation, Heavy, Lacked, Spoc, SpocSupervision, State, week_of

_GUIDANCE = ("boundaries-for-volunteers", "looking-after-yourself-as-a-volunteer")
_RECENT_WEEKS = 4  # this one and the three before
_MANY, _MANY_HEAVY = 8, 3  # so many conversations, or heavy ones, in them are a lot for a volunteer


@dataclass(frozen=True)
class Week:
    """One week of a volunteer: its Monday, and how many conversations felt how."""

    monday: date
    felt: Counter

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Each way of feeling in words, and how many conversations felt so."""
        return [(label, self.felt[value]) for value, label in Heavy.choices]


@dataclass(frozen=True)
class Own:
    """A volunteer's own page: their profile as a SPOC, or None; their last supervision and the next; their weeks."""

    spoc: Spoc | None
    last: SpocSupervision | None
    next_on: date | None
    weeks: list[Week]

    @property
    def is_a_lot(self) -> bool:
        """Whether the last four weeks hold more than a volunteer should carry alone."""
        since = week_of() - timedelta(weeks=_RECENT_WEEKS - 1)
        felt = sum((week.felt for week in self.weeks if week.monday >= since), Counter())
        return felt.total() >= _MANY or felt[Heavy.HEAVY] >= _MANY_HEAVY

    @property
    def labels(self) -> list[str]:
        return Heavy.labels


def own(person: Person) -> Own:
    """What `person` finds on their page; a constant number of queries."""
    spoc = policy.own_profile(person).annotate(supervision_due=_due()).first()
    last = SpocSupervision.objects.filter(spoc=spoc).select_related("with_whom").first() if spoc else None
    due = spoc.supervision_due if spoc and spoc.state == State.ACTIVE else None
    return Own(spoc=spoc, last=last, next_on=due, weeks=_weeks(person))


def guidance() -> QuerySet:
    """The pages of guidance for whoever volunteers, as far as they are published; without their text."""
    return Guidance.objects.published().filter(slug__in=_GUIDANCE).only("title", "address").order_by("slug")


def supervised() -> QuerySet:
    """Listed SPOCs, each with the day of their next supervision (`supervision_due`)."""
    active = Spoc.objects.filter(state=State.ACTIVE, person__in=Person.objects.listed())
    return active.annotate(supervision_due=_due()).filter(supervision_due__isnull=False)


def who_ask_to_be_rung() -> QuerySet:
    """SPOCs on a break who asked the coordinator to ring them."""
    return Spoc.objects.filter(state=State.PAUSED, ring_asked_on__isnull=False, person__in=Person.objects.listed())


def to_ring(coordinator: Person) -> QuerySet:
    """Those whom this coordinator may ring: never themselves."""
    return who_ask_to_be_rung().exclude(person=coordinator).select_related("person").order_by("ring_asked_on", "id")


def to_supervise(coordinator: Person) -> QuerySet:
    """Those whose supervision this coordinator notes, whoever is due first on top; each with when it was held last."""
    last = _latest().values("held_on")[:1]
    others = supervised().exclude(person=coordinator).annotate(held_on=Subquery(last))
    return others.select_related("person__station").order_by("supervision_due", "person__last_name", "person_id")


def lacked() -> list[tuple[date, list[tuple[str, int]]]]:
    """By quarter (its first day), newest first: topics that people lacked, each told at least so many times.

    In steps of five, 0 for fewer than five.
    """
    with connection.cursor() as cursor:
        cursor.execute("select quarter, topic, at_least from spocs_lacked_by_quarter()")
        rows = cursor.fetchall()
    return [(quarter, [row[1:] for row in of]) for quarter, of in groupby(rows, key=lambda row: row[0])]


def typed() -> QuerySet:
    """The words that volunteers typed, for the coordinator; the database shows them to nobody else."""
    return Lacked.objects.exclude(words="")


def _weeks(person: Person) -> list[Week]:
    rows = Conversation.objects.filter(person=person).values_list("week", "heavy").order_by("-week")
    return [Week(monday, Counter(heavy for _, heavy in of)) for monday, of in groupby(rows, key=lambda row: row[0])]


def _latest() -> QuerySet:
    return SpocSupervision.objects.filter(spoc=OuterRef("pk")).order_by("-held_on", "-next_on")


def _due():
    first = Cast(F("reviewed_on") + SUPERVISED_AFTER, DateField())
    return Coalesce(Subquery(_latest().values("next_on")[:1]), first)
