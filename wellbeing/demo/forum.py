"""The forum: who sits there, and its meetings: one published, one held, one near, two planned."""

import uuid
from datetime import time, timedelta
from random import Random

from django.utils import timezone

from forum.actions import invitations, meetings, seats
from forum.models import Meeting, Seat, Strand
from wellbeing.people.models import EmploymentType, Person
from wellbeing.reminders.working_days import on_or_after, on_or_before
from wellbeing.web.identity import acting_as

from .cast import CAST

_MONTHS = 30
WEEKS_AGO = {"published": 6, "held": 1}
_COMING = (10, 52, 94)  # days from now
_TERM = timedelta(days=730)
# Whom the associations and HR take for their members; everybody else may be anybody.
_STAFF, _FEDERATED = {"employment_type": EmploymentType.STAFF}, ("PC", "DC", "Sgt", "Insp", "Ch Insp")
_MEMBERS = {
    "HR": _STAFF,
    "UNISON": _STAFF,
    "Police Federation": {"rank_or_grade__in": _FEDERATED},
    "Superintendents’ Association": {"rank_or_grade__in": ("Supt", "Ch Supt")},
}


def seat_and_meet(secretary: Person, known: dict[str, Person], number: Random) -> None:
    """Seat most strands, `known` people by the strand's name first, and plan meetings; nothing where that was done."""
    if Seat.objects.exists():
        return
    with acting_as(secretary):
        _seat(secretary, known, number)
        for day in _days(timezone.localdate()):
            _meeting(day, secretary, number)


def _seat(secretary: Person, known: dict[str, Person], number: Random) -> None:
    today = timezone.localdate()
    taken = {person.pk for person in known.values()}
    cast = [member.staff_number for member in CAST.values()]  # a visitor who is one of them sits only where `known`
    others = Person.objects.listed().exclude(staff_number__in=cast).order_by("staff_number")
    began = today - timedelta(days=_MONTHS * 10)
    for strand in Strand.objects.seated().select_related("division"):
        if strand.label == "Staff networks":
            continue  # one vacancy, for the secretary to see
        for is_deputy in (False, True):
            person = known.get(strand.label) if not is_deputy else None
            if person is None:
                free = others.exclude(pk__in=taken)
                person = number.choice(free.filter(**_of(strand))[:60] or free[:60])
                taken.add(person.pk)
            seats.seat(
                key=uuid.UUID(int=number.getrandbits(128), version=4), strand=strand, person=person,
                is_deputy=is_deputy, starts_on=began, ends_on=began + _TERM, by=secretary,
            )  # fmt: skip


def _of(strand: Strand) -> dict:
    """Who may sit for this strand: of a division, somebody who works there."""
    return {"station__division": strand.division} if strand.division else _MEMBERS.get(strand.name, {})


def _days(today):
    past = [on_or_before(today - timedelta(weeks=weeks)) for weeks in WEEKS_AGO.values()]
    return [*past, *(on_or_after(today + timedelta(days=days)) for days in _COMING)]


def _meeting(day, secretary: Person, number: Random) -> None:
    """A meeting on that day; one in the past is planned for later, and put there: nobody plans into the past."""
    key = uuid.UUID(int=number.getrandbits(128), version=4)
    today = timezone.localdate()
    asked = {"title": "Wellbeing forum", "place": "Headquarters, conference room 2", "link": "", "chair": None}
    over = day < today
    planned = day + timedelta(days=365 * 2) if over else day
    meeting = meetings.plan(key=key, day=planned, starts=time(14), ends=time(16), by=secretary, **asked)
    if over:
        back = planned - day
        Meeting.objects.filter(pk=key).update(
            starts_at=meeting.starts_at - back, ends_at=meeting.ends_at - back, agenda_closes_on=day - timedelta(days=7)
        )
        invitations.invite(meeting=Meeting.objects.get(pk=key), by=secretary)
    elif day - today <= timedelta(days=28):
        meetings.open_agenda(meeting=meeting, by=secretary)
