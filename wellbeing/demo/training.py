"""Courses and events with sessions past and coming, who has a place in them, and what the cast have completed.

Days are counted from today. `courses` may be called by whoever invents what stands upon a course.
"""

from datetime import datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.utils import timezone

from wellbeing.people.models import Person, Station
from wellbeing.reminders import working_days
from wellbeing.training.actions import completions, places, sessions
from wellbeing.training.models import Course, Place, Purpose, Session
from wellbeing.web.identity import acting_as

from .cast import CAST

WCS = "Welfare and counselling service (WCS)"
# key: title, purpose, who teaches it, for how many months it holds, what it is about
COURSES = {
    "champion": (
        "Becoming a champion",
        Purpose.CHAMPION,
        WCS,
        24,
        "Psycho-education for future champions: what stress and trauma do, how to listen, where to point people, "
        "and how to look after yourself. Two halves with lunch between them.",
    ),
    "refresher": (
        "Champions’ refresher",
        Purpose.REFRESHER,
        WCS,
        24,
        "What has changed among the services, and time to talk about what this year was like.",
    ),
    "managers": (
        "Mental health training for line managers and supervisors",
        Purpose.COURSE,
        WCS,
        24,
        "Seeing that somebody struggles, the first conversation, adjustments, and coming back to work.",
    ),
    "roadshow": (
        "Mindfulness roadshow",
        Purpose.EVENT,
        "Physical training team",
        None,
        "Ten quiet minutes, a cup of tea, and a few exercises to take away. Come as you are.",
    ),
    "sleep": (
        "Sleep and shifts: an evening talk",
        Purpose.EVENT,
        "Occupational health",
        None,
        "What helps after nights, and what to leave alone. By video, with time for questions.",
    ),
}
# course, in how many days, at what hour, for how many hours, at which station, room, places, who of the cast come
_COMING = (
    ("roadshow", 6, 12, 2, "Maidstone", "Canteen", 16, ("staff",)),
    ("roadshow", 13, 12, 2, "Canterbury", "Briefing room", 16, ()),
    ("managers", 9, 10, 6, "Training College", "Room 4", 12, ("manager",)),
    ("managers", 37, 10, 6, "Ashford", "Conference room", 12, ()),
    ("refresher", 16, 9, 4, "Training College", "Room 2", 10, ("champion",)),
    ("champion", 20, 9, 7, "Training College", "Room 2", 4, ()),
    ("champion", 62, 9, 7, "Canterbury", "Conference room", 12, ()),
    ("sleep", 23, 19, 1, None, "By video", 3, ("mentor", "spoc", "manager")),
)
# the same, so many days ago; whether it is written who came, which at an event nobody does
_HELD = (
    ("managers", 700, 10, 6, "Training College", "Room 4", 12, ("manager", "lead", "mentor"), True),
    ("managers", 5, 10, 6, "Maidstone", "Room 1", 12, ("coordinator",), False),
    ("roadshow", 12, 12, 2, "Maidstone", "Canteen", 16, ("mentor",), False),
)
_RECORDED = (("champion", "champion", 720), ("guardian", "managers", 300), ("spoc", "managers", 150))
_LATER = 900  # days: when a session is planned that is then put back in time
_OTHERS = 3  # of the force who come beside the cast, where there is room


def courses(by: Person) -> dict[str, Course]:
    """The courses of the demonstration by key, those that are missing added."""
    there = {course.title: course for course in Course.objects.all()}
    names = ("title", "purpose", "provider", "valid_months", "summary")
    return {
        key: there.get(values[0])
        or sessions.save_course(course=Course(), by=by, **dict(zip(names, values, strict=True)))
        for key, values in COURSES.items()
    }


def teach(coordinator: Person, rng: Random) -> int:
    """Plan the sessions, have people book and come; returns how many sessions, 0 where there are some already."""
    if Session.objects.exists():
        return 0
    with acting_as(coordinator):
        known = courses(coordinator)
        held = [(_planned(known[row[0]], _LATER, row[2:7], coordinator, rng), row) for row in _HELD]
        coming = [(_planned(known[row[0]], row[1], row[2:7], coordinator, rng), row) for row in _COMING]
    others = iter(_others(rng))
    for session, row in [*held, *coming]:
        cast = [_person(key) for key in row[7]]
        room = 0 if session.course.purpose in (Purpose.CHAMPION, Purpose.REFRESHER) else session.capacity - len(cast)
        for person in [*cast, *islice(others, min(_OTHERS, room))]:
            with acting_as(person):
                places.book(session=session, by=person)
    with acting_as(coordinator):
        for session, row in held:
            _is_over(session, days_ago=row[1])
            if row[8]:
                _mark(session, coordinator)
        for key, course, days in _RECORDED:
            on = timezone.localdate() - timedelta(days=days)
            completions.record(person=_person(key), course=known[course], completed_on=on, by=coordinator)
    return len(held) + len(coming)


def _planned(course: Course, days: int, where_and_when: tuple, by: Person, rng: Random) -> Session:
    hour, hours, station, room, capacity = where_and_when
    start = _at(days, hour)
    return sessions.plan(
        course=course,
        by=by,
        id=UUID(int=rng.getrandbits(128), version=4),
        station=Station.objects.get(name=station) if station else None,
        room=room,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        capacity=capacity,
    )


def _at(days: int, hour: int) -> datetime:
    """That hour so many days from today, or on the next working day; of days past, on the one before."""
    day = timezone.localdate() + timedelta(days=days)
    day = working_days.on_or_after(day) if days > 0 else working_days.on_or_before(day)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _is_over(session: Session, *, days_ago: int) -> None:
    """Nobody plans a session that was held already: it was planned for later, and is put back in time."""
    length = session.ends_at - session.starts_at
    start = _at(-days_ago, timezone.localtime(session.starts_at).hour)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + length)


def _mark(session: Session, by: Person) -> None:
    """Everybody came but the last who booked."""
    came = list(Place.objects.filter(session=session).order_by("made_at").values_list("pk", flat=True))
    completions.mark_attendance(session=session, came=set(came[:-1]), by=by)


def _others(rng: Random) -> list[Person]:
    cast = [member.staff_number for member in CAST.values()]
    supervisors = Person.objects.listed().filter(left=None, rank_or_grade__in=("Sgt", "Insp"))
    keys = list(supervisors.exclude(staff_number__in=cast).order_by("staff_number").values_list("pk", flat=True))
    wanted = _OTHERS * (len(_HELD) + len(_COMING))
    chosen = rng.sample(keys, min(len(keys), wanted))
    found = Person.objects.in_bulk(chosen)
    return [found[key] for key in chosen]


def _person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)
