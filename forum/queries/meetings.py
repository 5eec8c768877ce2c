"""Meetings, who is invited to them, and whether enough strands are there."""

from dataclasses import dataclass
from math import ceil

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.utils import timezone

from forum.models import Answer, As, Invitation, Meeting, MeetingState, Paper, Seat

from .seats import rules

PAGE_SIZE = 20


@dataclass(frozen=True)
class Quorum:
    """How many strands are there, or are expected, of how many, and how many are needed."""

    there: int
    of: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.there >= self.needed

    @property
    def in_words(self) -> str:
        """“7 of 11 strands; 6 are needed.”"""
        strands = f"{self.there} of {self.of} strand{'' if self.of == 1 else 's'}"
        return f"{strands}; {self.needed} {'is' if self.needed == 1 else 'are'} needed."


@dataclass(frozen=True)
class Invited:
    """Somebody invited, and the strands for which they sit on the meeting's day."""

    invitation: Invitation
    strands: str

    @property
    def name(self) -> str:
        return self.invitation.person.name


def to_come():
    """Meetings that are neither held nor cancelled, the soonest first."""
    return Meeting.objects.to_come()


def past(number: int | str = 1) -> Page:
    """A page of the meetings that were held or cancelled, the latest first."""
    over = Meeting.objects.exclude(pk__in=Meeting.objects.to_come().order_by()).order_by("-starts_at", "id")
    return Paginator(over, PAGE_SIZE).get_page(number)


def not_held():
    """Meetings whose time is over, of which nobody has written that they were held."""
    return Meeting.objects.to_come().filter(ends_at__lt=timezone.now())


def to_publish():
    """Meetings that were held and whose outcomes are not published."""
    return Meeting.objects.filter(state=MeetingState.HELD).order_by("starts_at")


def invited(meeting: Meeting) -> list[Invited]:
    """Everybody invited who may be listed, with their strands: chair, representatives, deputies, guests."""
    order = {As.CHAIR: 0, As.REPRESENTATIVE: 1, As.DEPUTY: 2, As.GUEST: 3}
    rows = meeting.invitations.standing().filter(person__hidden=False).select_related("person")
    strands = _strands_of(meeting)
    found = [Invited(row, ", ".join(sorted(strands.get(row.person_id, ())))) for row in rows]
    return sorted(found, key=lambda one: (order[one.invitation.invited_as], one.strands, one.name))


def own_invitation(meeting: Meeting, person) -> Invitation | None:
    """The invitation of `person` to this meeting; None where they are not invited, or no longer."""
    return meeting.invitations.standing().filter(person=person).first()


def last_invitation(meeting: Meeting, person) -> Invitation | None:
    """What `person` was sent last for this meeting, also where it was withdrawn; None where they never were invited."""
    return meeting.invitations.filter(person=person).order_by("-turn").first()


def expected(meeting: Meeting) -> Quorum:
    """How many strands will be there, by the answers so far."""
    return _quorum(meeting, {"answer": Answer.COMING})


def attended(meeting: Meeting) -> Quorum:
    """How many strands were there."""
    return _quorum(meeting, {"came": True})


def invitations_of(person):
    """Invitations of `person` to meetings to come, the soonest first."""
    found = Invitation.objects.standing().filter(person=person, meeting__in=Meeting.objects.to_come().order_by())
    return found.filter(meeting__ends_at__gt=timezone.now()).select_related("meeting").order_by("meeting__starts_at")


def with_papers(pk):
    """The meeting with its papers, for those who sit at the forum."""
    return (
        Meeting.objects.prefetch_related(Prefetch("papers", Paper.objects.select_related("changed_by")))
        .select_related("chair")
        .filter(pk=pk)
    )


def _quorum(meeting: Meeting, which: dict) -> Quorum:
    strands = _strands_of(meeting, by="id")
    seated = set().union(*strands.values()) if strands else set()
    people = meeting.invitations.standing().filter(**which).values_list("person_id", flat=True)
    there = set().union(*(strands.get(key, set()) for key in people)) if strands else set()
    return Quorum(len(there), len(seated), ceil(len(seated) * rules().quorum_share / 100))


def _strands_of(meeting: Meeting, by: str = "label") -> dict[int, set]:
    """For each person who sits on the meeting's day, the strands they sit for; one query."""
    found: dict[int, set] = {}
    for seat in seated_on(meeting).select_related("strand__division"):
        found.setdefault(seat.person_id, set()).add(getattr(seat.strand, by))
    return found


def seated_on(meeting: Meeting):
    """The terms in which the meeting's day falls, of strands that had a seat then. Of a meeting that is over it stays
    so, whatever became of strand and person since."""
    day = meeting.day
    terms = Seat.objects.filter(starts_on__lte=day, ends_on__gte=day)
    terms = terms.filter(Q(strand__retired_on__isnull=True) | Q(strand__retired_on__gt=day))
    return terms.filter(person__hidden=False) if meeting.is_to_come else terms
