"""Strands, seats, meetings and outcomes for tests, made as the portal makes them."""

import uuid
from datetime import time, timedelta

from django.utils import timezone

from forum.actions import meetings, publishing, seats
from forum.models import Invitation, Meeting, MeetingState, Outcome, Seat, Strand
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.reminders.working_days import on_or_after
from wellbeing.web.identity import acting_as


def strand(name: str = "UNISON") -> Strand:
    """One of the strands with which a force begins."""
    return Strand.objects.get(name=name)


def seat(person, of: Strand | None = None, *, by, deputy: bool = False, **days) -> Seat:
    """That person sits for the strand from a month ago for a year."""
    today = timezone.localdate()
    term = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=335)} | days
    with acting_as(by):
        return seats.seat(key=uuid.uuid4(), strand=of or strand(), person=person, is_deputy=deputy, by=by, **term)


def meeting(*, by, in_days: int = 14, **values) -> Meeting:
    """A planned meeting on the working day so many days from now or next, at two."""
    day = on_or_after(timezone.localdate() + timedelta(days=in_days))
    asked = {"title": "Wellbeing forum", "place": "Headquarters, room 2", "link": "", "chair": None} | values
    with acting_as(by):
        return meetings.plan(key=uuid.uuid4(), day=day, starts=time(14), ends=time(16), by=by, **asked)


def over(planned: Meeting, *, by, came=()) -> Meeting:
    """The meeting as if it had been held a week ago; `came`: the people who were there."""
    moved = timezone.now() - timedelta(days=7)
    with acting_as(by):
        Meeting.objects.filter(pk=planned.pk).update(starts_at=moved, ends_at=moved + timedelta(hours=2))
        there = list(planned.invitations.standing().filter(person__in=came))
        return meetings.hold(meeting=planned, came=there, by=by)


def put(planned: Meeting, **values) -> None:
    """Write these columns of the meeting as they are, whatever asks for it."""
    with as_secretary():
        Meeting.objects.filter(pk=planned.pk).update(**values)


def published(planned: Meeting) -> Meeting:
    """The meeting and its outcomes as if they had been published yesterday, whatever asks for it."""
    at = timezone.now() - timedelta(days=1)
    put(planned, state=MeetingState.PUBLISHED, published_at=at, edition=1)
    with as_secretary():
        for outcome in planned.outcomes.all():
            outcome.published_at, outcome.checked = at, publishing.hash_of(outcome)
            outcome.save()
    planned.refresh_from_db()
    return planned


def outcome(of: Meeting, text: str = "Hot food at night", **values) -> Outcome:
    """An outcome to be done in a month, owned by Estates."""
    asked = {"owner_office": "" if "owner" in values else "Estates", "due": timezone.localdate() + timedelta(days=30)}
    with as_secretary():
        return Outcome.objects.create(meeting=of, text=text, **asked | values)


def outcomes(of: Meeting) -> list[Outcome]:
    """The outcomes of that meeting, as the secretary reads them: drafts too."""
    with as_secretary():
        return list(of.outcomes.all())


def invited(to: Meeting) -> dict[int, Invitation]:
    """The invitations to that meeting that stand, by the key of whose they are, as the secretary reads them."""
    with as_secretary():
        return {row.person_id: row for row in to.invitations.standing()}


def as_secretary():
    """`with as_secretary():` whoever is secretary of the forum asks the database, and writes."""
    holds = RoleAssignment.objects.live().filter(role="secretary")
    return acting_as(Person.objects.get(role_assignments__in=holds))
