"""Who may do what in training.

| Who                     | Courses, sessions          | Places                          | Completions               |
|-------------------------|----------------------------|---------------------------------|---------------------------|
| anybody signed in       | reads what is offered      | own: books, answers, gives back | own: reads, certificate   |
| coordinator             | keeps every one            | all: attendance list            | records                   |
| HR                      | keeps what is required     | of what is required, made since | likewise                  |
| wellbeing lead          | reads what is offered      | –                               | numbers, of who must hold |

Nobody writes that they were there themselves, or what they completed: somebody else who organises does.
The same stands in the database as row policies (`sql/places.py`, `sql/events.py`). Who goes to an event is known to the
coordinator alone, and only until it is over.
"""

from django.db.models import Exists, OuterRef, Q

from .models import Course, Place, Purpose, Session

OF_EVENTS = "Only the wellbeing coordinator sees who has a place at an event, and only until it is over."
OF_REQUIRED = (
    "The wellbeing coordinator sees who has a place. HR sees it of places taken since some people must hold it, "
    "and sees of those people whether they have done it or have a place."
)
OF_OTHERS = (
    "Only the wellbeing coordinator sees who has a place. Should some people have to hold it one day, HR sees of those "
    "people whether they have done it or have a place."
)
OF_CHAMPIONS = "Only the wellbeing coordinator sees who has a place."  # never what anybody must hold


def organised_by(person):
    """The courses that `person` organises, as a queryset: none for most people."""
    courses = Course.objects.all()
    if organises_everything(person):
        return courses
    if "training.organise_required" in _permissions(person):
        return courses.filter(requirement__is_in_force=True).exclude(purpose=Purpose.EVENT)
    return courses.none()


def organises_everything(person) -> bool:
    """Whether `person` keeps every course, and so may add one."""
    return "training.organise" in _permissions(person)


def sessions_of(person):
    """The sessions that `person` organises."""
    return Session.objects.filter(course__in=organised_by(person))


def booked_by_oneself(person) -> set[str]:
    """The purposes of the courses in which `person` may book a place without being offered one."""
    return {Purpose.COURSE, Purpose.EVENT} | ({Purpose.REFRESHER} if "champion" in person.roles else set())


def may_book(person, course: Course) -> bool:
    """Whether `person` may book a place in a session of `course` by themselves, where one is free."""
    return course.is_offered and course.purpose in booked_by_oneself(person)


def open_to(person):
    """The coming sessions in which `person` may book a place by themselves."""
    return Session.objects.coming().filter(course__purpose__in=booked_by_oneself(person), course__is_offered=True)


def shown_to(person):
    """The sessions whose page `person` may read: of what is offered, or was once theirs, or is theirs to organise."""
    own = Exists(places_of(person).filter(session=OuterRef("pk")))
    return Session.objects.filter(Q(course__is_offered=True) | own | Q(course__in=organised_by(person)))


def places_of(person):
    """The places of `person` themselves."""
    return Place.objects.filter(person=person)


def who_sees(course: Course) -> str:
    """In one sentence, who sees which people have a place in a session of `course`."""
    if course.is_event:
        return OF_EVENTS
    if course.purpose != Purpose.COURSE:
        return OF_CHAMPIONS
    return OF_REQUIRED if hasattr(course, "requirement") and course.requirement.is_in_force else OF_OTHERS


def _permissions(person) -> set[str]:
    return person.get_all_permissions() if person.is_active else set()  # not has_perm(): a superuser organises nothing
