"""What a person is told about their own records: who may open them, and who has."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from wellbeing.people import gaps, history
from wellbeing.people.models import Person

from . import policy
from .models import HOLDERS, BreakGlass, CareLink, Kind, Outcome, ReadLog, Why
from .reasons import reason_of

NOBODY = "Somebody no longer on the roster"
TOLD_FOR = timedelta(days=28)
KINDS = {
    Kind.ONE_TO_ONE: "your 1-1s",
    Kind.ADJUSTMENT: "agreed adjustments",
    Kind.WISHES: "how you like to be supported",
    Kind.CONTACT: "the contacts while you are away",
    Kind.PLAN: "your contact plan",
    Kind.TOLD: "what colleagues may be told",
    Kind.RETURN: "your return plan",
    Kind.PASSPORT: "your adjustment passport",
    Kind.CAREER_REQUEST: "what you look for in a mentor",
    Kind.CAREER_GOAL: "your goals and sessions with a career mentor",
    Kind.CAREER_NOTE: "your career mentor's working notes",
    Kind.CAREER_OWN: "your own notes on career mentoring",
}
# What these open is open from its first word on, or to the hour: there is nothing earlier to hand over.
NOTHING_EARLIER = (Why.BREAK_GLASS, Why.PASSPORT, Why.ASKED_MENTOR, Why.DECIDES)
LINK = "link"  # a line of the log that is not about a record: earlier text was handed over, or closed again
WORDS = dict(Kind.choices) | {LINK: "Earlier text"}


@dataclass(frozen=True)
class Look:
    """One line of the read log in words."""

    at: datetime
    reader: str
    about: str
    role: str
    what: str
    why: str


@dataclass(frozen=True)
class Link:
    """One link in words: who, why, and what it opens."""

    link: CareLink
    opens: str
    is_live: bool
    reason: str | None = None

    @property
    def sees_earlier(self) -> bool:
        return self.link.opens_from < self.link.starts and self.link.why != Why.DECIDES

    @property
    def may_hand_over(self) -> bool:
        return self.is_live and bool(self.opens) and self.link.why not in NOTHING_EARLIER

    @property
    def may_end(self) -> bool:
        return self.is_live and self.link.why not in (Why.LINE_MANAGER, Why.BREAK_GLASS, *HOLDERS)


def looks_at(person: Person):
    """The read log's lines about `person` that they have been told of, newest first."""
    return ReadLog.objects.filter(subject_id=person.pk, told_from__lte=timezone.now())


def looks(about: Person | None):
    """Every line of the read log, newest first, or those about one person: the database shows them to the DPO alone."""
    return ReadLog.objects.filter(subject_id=about.pk) if about else ReadLog.objects.all()


def in_words(lines, *, reader: Person) -> list[Look]:
    """Lines of the read log for whoever reads it; one query for the names of all."""
    lines = list(lines)
    keys = {key for line in lines for key in (line.reader_id, line.subject_id)}
    names = {person.pk: in_full(person) for person in Person.objects.filter(pk__in=keys)}
    return [
        Look(
            at=line.at,
            reader="You" if line.reader_id == reader.pk else names.get(line.reader_id, NOBODY),
            about=names.get(line.subject_id, NOBODY),
            role=_role(line),
            what=WORDS[line.kind],
            why=line.why,
        )
        for line in lines
    ]


@dataclass(frozen=True)
class NewManager:
    """Somebody new on the roster who would become line manager of `people` others."""

    person: Person
    people: int
    put_on: datetime | None
    put_on_by: str


def new_managers() -> list[NewManager]:
    """Who waits for the wellbeing lead, with the hand that put them on the roster; three queries."""
    counts = Counter(policy.waiting_links().values_list("carer_id", flat=True))
    people = Person.objects.filter(pk__in=counts).select_related("station").order_by("last_name", "known_as", "pk")
    put = {int(change.about_id): change for change in history.put_on_the_roster(counts).select_related("by")}
    return [
        NewManager(
            person,
            counts[person.pk],
            put[person.pk].at if person.pk in put else None,
            in_full(put[person.pk].by) if person.pk in put and put[person.pk].by else "",
        )
        for person in people
    ]


def new_line_managers():
    """The links of four weeks, each with its day (`told_on`), to everybody who has had another line manager before;
    also links that are over again, so that nobody is one for an hour unnoticed."""
    now = timezone.now()
    given = CareLink.objects.filter(why=Why.LINE_MANAGER, approved_at__isnull=False)
    earlier = given.filter(subject=OuterRef("subject"), starts__lt=OuterRef("starts"))
    lately = given.filter(Exists(earlier), told_from__lte=now, told_from__gt=now - TOLD_FOR)
    day = TruncDate("told_from", tzinfo=timezone.get_default_timezone())
    return lately.annotate(told_on=day)


def new_managers_gap() -> gaps.Gap | None:
    """What the wellbeing lead is told on the first page of the admin."""
    names = [f"{one.person.name}" for one in new_managers()]
    if not names:
        return None
    words = "1 new line manager waits" if len(names) == 1 else f"{len(names)} new line managers wait"
    return gaps.Gap(f"{words} for your confirmation", names[:5], reverse("new_managers"))


def line_manager_of(person: Person) -> CareLink | None:
    """The link of whoever is line manager of `person` now, confirmed; None where the roster has none."""
    now = policy.links_about(person).filter(why=Why.LINE_MANAGER, ends__isnull=True, starts__lte=timezone.now())
    return now.select_related("carer").first()


def links_of(person: Person, *, with_reasons: bool = False) -> list[Link]:
    """Every link to what is about `person`, live ones first; two queries. Reasons are sealed: they are opened if asked.

    Empty where there is one that was not opened, None where there is none.
    """
    links = policy.links_about(person).select_related("carer", "proposed_by", "approved_by").order_by("-starts")
    asked = BreakGlass.objects.filter(link__in=links.order_by())
    reasons = {one.link_id: reason_of(one) if with_reasons else "" for one in asked}
    now = timezone.now()
    found = [Link(link, _opens(link.why), link.ends is None or link.ends > now, reasons.get(link.pk)) for link in links]
    return sorted(found, key=lambda link: not link.is_live)


def in_full(person: Person) -> str:
    """A name that nobody else has: a name alone can be given to somebody."""
    return f"{person.name} ({person.staff_number})"


def _role(line: ReadLog) -> str:
    if line.outcome == Outcome.REFUSED:
        return "was refused"
    if line.kind == LINK:
        return line.outcome
    return "" if line.reader_id == line.subject_id else Why(line.via).label.lower()


def _opens(why: str) -> str:
    if why == Why.BREAK_GLASS:
        return "everything confidential about you"
    if why == Why.DECIDES:
        return "the one adjustment that they are asked to decide"
    return ", ".join(words for kind, words in KINDS.items() if kind in policy.OPENS[why])
