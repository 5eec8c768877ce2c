"""Who may do what in training.

| Who                     | Courses, sessions          | Places                          | Completions               |
|-------------------------|----------------------------|---------------------------------|---------------------------|
| anybody signed in       | reads what is offered      | own: books, answers, gives back | own: reads, certificate   |
| coordinator             | keeps every one            | all: attendance list            | records                   |
| HR                      | keeps what is required     | of what is required             | of what is required       |
| wellbeing lead          | reads what is offered      | –                               | numbers, of who must hold |

The same stands in the database as row policies (`sql/places.py`). Who goes to an event is known to the coordinator
alone, and only until it is over.
"""

from django.db.models import Q

from .models import Course, Place, Purpose, Session


def organised_by(person):
    """The courses that `person` organises, as a queryset: none for most people."""
    courses = Course.objects.all()
    permissions = person.get_all_permissions() if person.is_active else ()  # a superuser organises nothing
    if "training.organise" in permissions:
        return courses
    if "training.organise_required" in permissions:
        return courses.filter(requirement__isnull=False)
    return courses.none()


def sessions_of(person):
    """The sessions that `person` organises."""
    return Session.objects.filter(course__in=organised_by(person))


def open_to(person):
    """The coming sessions in which `person` may book a place by themselves."""
    purposes = Q(course__purpose__in=(Purpose.COURSE, Purpose.EVENT))
    if "champion" in person.roles:
        purposes |= Q(course__purpose=Purpose.REFRESHER)
    return Session.objects.coming().filter(purposes, course__is_offered=True)


def places_of(person):
    """The places of `person` themselves."""
    return Place.objects.filter(person=person)
