"""What somebody must hold themselves, and what there is to read again."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.support.models import Guidance
from wellbeing.training.models import Course, Required, Session, Standing

_SESSIONS = 3  # of each course are offered beside it
_WORDS_A_MINUTE = 200  # read without hurry


@dataclass
class Own:
    """What one person must hold of one course: how they stand, and where there are places."""

    course: Course
    standing: str
    due_on: date | None
    done_on: date | None
    booked_on: date | None
    sessions: list[Session] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be done: it holds, or there is a place."""
        return self.standing in (Standing.DONE, Standing.BOOKED)

    @property
    def is_soon(self) -> bool:
        """Whether it holds, and is to be done again within sixty days."""
        holds = self.standing == Standing.DONE and self.due_on is not None
        return holds and (self.due_on - timezone.localdate()).days <= 60

    @property
    def wants_thought(self) -> bool:
        """Whether a page about something else should speak of it: it is not done, or soon to be done again."""
        return self.standing != Standing.DONE or self.is_soon

    @property
    def wants_place(self) -> bool:
        """Whether to offer sessions: it is due, or soon will be, and no place is booked."""
        return self.booked_on is None and (self.is_soon or not self.is_settled)

    @property
    def was_held(self) -> bool:
        """Whether the session in which they have a place is over, and who came is not yet written."""
        return self.booked_on is not None and self.booked_on < timezone.localdate()


@dataclass(frozen=True)
class Reading:
    """A page to read again, and about how many minutes it takes."""

    page: Guidance
    minutes: int


def own(person: Person) -> list[Own]:
    """What `person` must hold, by course; two queries, one where nothing concerns them or nothing is to be booked."""
    rows = Required.objects.live().filter(person=person, requirement__is_in_force=True).with_standing()
    rows = rows.select_related("requirement__course").order_by("requirement__course__title")
    mine = [Own(row.requirement.course, row.standing, row.due_on, row.done_on, row.booked_on) for row in rows]
    wanted = {one.course.pk: one for one in mine if one.wants_place and one.course.is_offered}
    for session in _with_places(list(wanted)) if wanted else []:
        if len(wanted[session.course_id].sessions) < _SESSIONS:
            wanted[session.course_id].sessions.append(session)
    return mine


def reading_for_managers() -> list[Reading]:
    """The published pages to read again of every course that line managers must hold, by title; one query."""
    required = Course.objects.filter(requirement__is_in_force=True, requirement__line_managers=True)
    return _read(Guidance.objects.filter(pk__in=required.values("reading")))


def reading_of(course: Course) -> list[Reading]:
    """The published pages to read again of one course, by title; one query."""
    return _read(course.reading.all())


def ranks_on_the_roster() -> list[str]:
    """The ranks and grades of people who work here, in order; one query."""
    ranks = Person.objects.current().exclude(rank_or_grade="").order_by("rank_or_grade")
    return list(ranks.values_list("rank_or_grade", flat=True).distinct())


def _read(pages) -> list[Reading]:
    return [Reading(page, max(1, round(len(page.text.split()) / _WORDS_A_MINUTE))) for page in pages.published()]


def _with_places(courses: list[int]):
    sessions = Session.objects.coming().filter(course__in=courses, taken__lt=F("capacity"))
    return sessions.select_related("station")
