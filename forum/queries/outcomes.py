"""What the forum decided: drafts and what stands in their way, what goes on, what is overdue, and the archive."""

from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from forum import personal, plain_words
from forum.models import Correction, Meeting, Outcome, Progress, Seat
from forum.notes import LONGEST
from wellbeing.people.models import Person

PAGE_SIZE = 20
_WITH = ("owner", "strand__division", "division", "meeting")


@dataclass
class Check:
    """One outcome on the checklist: what it lacks, what in it looks personal, and what could be plainer."""

    outcome: Outcome
    lacks: list[str]
    findings: list[personal.Finding]
    advice: list[str]

    @property
    def fingerprint(self) -> str:
        return personal.fingerprint(self.findings, *self.outcome.words)

    @property
    def is_looked_at(self) -> bool:
        """Whether nothing in it looks personal, or a look at just these words said that it may be published."""
        return self.outcome.looked_at == self.fingerprint or not self.findings


@dataclass
class Search:
    """What somebody asks of the archive. The text is posted; the rest may stand in an address."""

    text: str = ""
    strand: object = None
    area: str = ""
    division: object = None
    status: str = ""


@dataclass(frozen=True)
class Archive:
    """A page of outcomes, the latest meeting's first, and how many there are."""

    page: Page
    count: int = field(default=0)


def of_meeting(meeting: Meeting) -> QuerySet:
    """The outcomes of one meeting with all that their page shows of them; two queries more for any number."""
    return whole(meeting.outcomes.all())


def whole(outcomes: QuerySet) -> QuerySet:
    """The same outcomes with their owners, strands, corrections and steps, in a constant number of queries."""
    steps = Progress.objects.select_related("by", "meeting")
    return outcomes.select_related(*_WITH).prefetch_related(
        Prefetch("progress", steps), Prefetch("corrections", Correction.objects.order_by("-at"))
    )


def checklist(meeting: Meeting) -> list[Check]:
    """Each draft of this meeting with what stands in its way."""
    outcomes = list(meeting.outcomes.select_related(*_WITH))
    found = personal.found_in_each([outcome.words for outcome in outcomes])
    return [_check(outcome, findings) for outcome, findings in zip(outcomes, found, strict=True)]


def check(outcome: Outcome) -> Check:
    """One outcome with what stands in its way."""
    return _check(outcome, personal.found_in(*outcome.words))


def _check(outcome: Outcome, findings: list[personal.Finding]) -> Check:
    lacks = [] if outcome.text else ["what was decided"]
    lacks += [] if outcome.owner or outcome.owner_office else ["an owner"]
    lacks += [] if outcome.due else ["a day by which it is due"]
    lacks += [] if len(outcome.text) <= LONGEST else [f"a shorter text (at most {LONGEST} characters)"]
    words = (outcome.said, outcome.text, outcome.next)
    return Check(outcome, lacks, findings, plain_words.advice_on(*words))


def going_on(before: Meeting | None = None) -> QuerySet:
    """Published outcomes that are neither done nor stopped, overdue ones first; of meetings before that one."""
    found = Outcome.objects.going_on()
    if before is not None:
        found = found.filter(meeting__starts_at__lt=before.starts_at)
    return whole(found).order_by("due", "pk")


def owned_by(person) -> QuerySet:
    """Published outcomes whose owner this person is, those that go on first."""
    return whole(Outcome.objects.published().filter(owner=person)).order_by("over_on", "due", "pk")


def without_owner() -> QuerySet:
    """Outcomes that go on and whose owner has left, has died or stands in no list."""
    gone = Q(owner__isnull=False) & ~Q(owner__in=Person.objects.listed())
    return whole(Outcome.objects.going_on().filter(gone)).order_by("due", "pk")


def archive(search: Search, number: int | str = 1) -> Archive:
    """Published outcomes that fit, the latest meeting's first."""
    found = Outcome.objects.published()
    if search.division:
        found = found.for_division(search.division)
    plain = {"strand": search.strand, "area": search.area, "status": search.status}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if search.text:
        asked = SearchQuery(search.text, config="english", search_type="websearch")
        found = found.annotate(said_all=SearchVector("said", "text", "next", config="english")).filter(said_all=asked)
    page = Paginator(whole(found).order_by("-meeting__starts_at", "position", "pk"), PAGE_SIZE).get_page(number)
    return Archive(page, page.paginator.count)


def names_of_members() -> list[str]:
    """The names of those who sit at the forum, for the box in which an owner is typed."""
    seats = Seat.objects.current().select_related("person")
    return sorted({seat.person.name for seat in seats})
