"""What line managers and supervisors must hold: the rule, and two years in which most have done it and some have not.

Nobody is overdue on the first day: whoever has never done it has had the rule for no longer.
"""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from wellbeing.people.models import Person, Station
from wellbeing.reminders import working_days
from wellbeing.support.models import Guidance
from wellbeing.training import hooks
from wellbeing.training.actions import requirements, sessions
from wellbeing.training.dates import last_day_of
from wellbeing.training.models import Completion, Course, Place, Required, Requirement, Session
from wellbeing.web.identity import acting_as

from .cast import CAST
from .training import courses

RANKS = ["Sgt", "Insp"]
READING = (
    "noticing-that-somebody-is-struggling", "asking-twice", "after-you-have-listened-where-help-is", "the-right-words",
)  # fmt: skip
_DONE = {"north": 0.86, "east": 0.74, "west": 0.55}  # of a division; elsewhere:
_DONE_ELSEWHERE = 0.7
_EXPIRED, _YEARS = 0.12, 2 * 365  # of those who have done it; days for which it holds, about
# In how many days, where: one for each division, and most of its places are taken.
_SESSIONS = ((17, "Maidstone"), (24, "Medway (Gillingham)"), (31, "Canterbury"), (45, "Tonbridge"))
_PLACES, _TAKEN = 20, 16
_SHARE = 8  # at most one in so many of those who need a place has one in each, in a small force


def require(hr: Person, coordinator: Person, rng: Random) -> int:
    """Make the rule as `hr`, and what became of it; returns whom it concerns. Nothing where there is one already."""
    if Requirement.objects.exists():
        return 0
    with acting_as(coordinator):
        course = courses(coordinator)["managers"]
        sessions.save_course(course=course, by=coordinator, reading=Guidance.objects.filter(slug__in=READING))
    with acting_as(hr):
        requirement = Requirement(course=course)
        requirements.save(requirement=requirement, by=hr, line_managers=True, ranks=RANKS, within_days=90)
        people = _concerned(requirement)
        new = [made for person, division in people if (made := _completion(person, division, course, hr, rng))]
        Completion.objects.bulk_create(new)
        hooks.on_completions.run(new, by=hr)
    with acting_as(coordinator):
        _book(course, coordinator, rng)
    return len(people)


def _concerned(requirement: Requirement) -> list[tuple[int, str]]:
    """The key of each whom it concerns and who has not done it, with their division; always in the same order."""
    cast = [member.staff_number for member in CAST.values()]
    rows = Required.objects.live().filter(requirement=requirement, done_on=None).exclude(person__staff_number__in=cast)
    rows = rows.order_by("person__staff_number")
    return list(rows.values_list("person", "person__station__division__slug"))


def _completion(person: int, division: str, course: Course, by: Person, rng: Random) -> Completion | None:
    if rng.random() > _DONE.get(division, _DONE_ELSEWHERE):
        return None
    has_run_out = rng.random() < _EXPIRED
    ago = rng.randrange(_YEARS + 5, _YEARS + 200) if has_run_out else rng.randrange(3, _YEARS - 5)
    day = working_days.on_or_before(timezone.localdate() - timedelta(days=ago))
    return Completion(
        id=UUID(int=rng.getrandbits(128), version=4),
        person_id=person,
        course=course,
        completed_on=day,
        valid_until=last_day_of(day, course.valid_months),
        provider=course.provider,
        recorded_by=by,
    )


def _book(course: Course, by: Person, rng: Random) -> None:
    """Sessions to come, in which most places are taken by people who need one."""
    today = timezone.localdate()
    waiting = Required.objects.live().filter(requirement__course=course, booked_on=None)
    waiting = waiting.exclude(due_on__gt=today, done_on__isnull=False).exclude(person__hidden=True)
    waiting = list(waiting.order_by("person__staff_number").values_list("person", flat=True))
    number, places = min(_TAKEN, len(waiting) // _SHARE), []
    for days, station in _SESSIONS:
        session = _planned(course, days, station, by, rng)
        taken = rng.sample(waiting, number)
        waiting = [person for person in waiting if person not in taken]
        places += [
            Place(id=UUID(int=rng.getrandbits(128), version=4), session=session, person_id=person) for person in taken
        ]
    Place.objects.bulk_create(places)
    hooks.on_places.run(places, by=by)


def _planned(course: Course, days: int, station: str, by: Person, rng: Random) -> Session:
    day = working_days.on_or_after(timezone.localdate() + timedelta(days=days))
    start = timezone.make_aware(datetime.combine(day, time(10)))
    return sessions.plan(
        course=course,
        by=by,
        id=UUID(int=rng.getrandbits(128), version=4),
        station=Station.objects.get(name=station),
        room="Conference room",
        starts_at=start,
        ends_at=start + timedelta(hours=6),
        capacity=_PLACES,
    )
