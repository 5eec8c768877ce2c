"""Attendance, and what follows from it: completions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.training import hooks, reminders
from wellbeing.training.dates import last_day_of
from wellbeing.training.editions import edition, refuse_another
from wellbeing.training.models import Completion, Course, Place, PlaceState, Session

from . import places as places_actions

# In these it can be written who came.
HELD = (PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.MISSED)
OWN = "Somebody else who organises writes whether you came."


def attendance_edition(places) -> str:
    """A mark of what is written about who came: another one once anything of it is."""
    return edition(*sorted(f"{place.pk} {place.state}" for place in places))


@transaction.atomic
def mark_attendance(*, session: Session, came: set, by: Person, seen: str = "") -> Session:
    """Write who of those with a place came (the keys of their places) and, by the same token, who did not.

    Whoever came has completed the course that day; where somebody was marked wrongly before, that is taken back.
    `seen`: the edition that was shown. Raises ValidationError before the session has begun, for an event, at which
    nobody writes who came, for one's own place, and where somebody else has written it since.
    """
    session = places_actions.locked(session)
    if session.course.is_event:
        raise ValidationError("At an event nobody writes who came.")
    if session.is_cancelled or session.starts_at > timezone.now():
        raise ValidationError("Who came can be written once the session has begun.")
    held = Place.objects.filter(session=session, state__in=HELD)
    held = list(held.select_for_update(of=("self",)).select_related("person"))
    if any(place.person_id == by.pk and place.pk in came for place in held):
        raise ValidationError(OWN)
    held = [place for place in held if place.person_id != by.pk]
    refuse_another(seen, attendance_edition(held))
    for place in held:
        place.session = session
    there = [place for place in held if place.pk in came]
    away = [place for place in held if place.pk not in came]
    places_actions.move([place for place in there if place.state != PlaceState.ATTENDED], PlaceState.ATTENDED, by=by)
    places_actions.move([place for place in away if place.state != PlaceState.MISSED], PlaceState.MISSED, by=by)
    _complete(session, [place.person for place in there], by=by)
    _take_back(Completion.objects.filter(session=session, person__in=[place.person for place in away]), by=by)
    refresh(reminders.ATTENDANCE, session.pk)
    history.record(by=by, verb="marked attendance", about=session)
    return session


@transaction.atomic
def record(*, person: Person, course: Course, completed_on: date, by: Person, provider: str = "") -> Completion:
    """Write that somebody completed a course elsewhere, and return it.

    Raises ValidationError for a day to come, for an event, where that day is written already, and for oneself.
    """
    if person == by:
        raise ValidationError({"person": "Somebody else records what you have completed."})
    if course.is_event:
        raise ValidationError({"course": "Nobody completes an event."})
    if completed_on > timezone.localdate():
        raise ValidationError({"completed_on": "Choose today or an earlier day."})
    if Completion.objects.filter(person=person, course=course, completed_on=completed_on).exists():
        raise ValidationError(f"{person} has completed {course} on that day already.")
    completion = _completion(person, course, completed_on, by=by, provider=provider or course.provider)
    completion.save(force_insert=True)
    history.record(by=by, verb="recorded", about=completion)
    hooks.on_completions.run([completion], by=by)
    return completion


@transaction.atomic
def take_back(*, completion: Completion, by: Person) -> None:
    """Take back what was recorded by mistake as completed elsewhere; nothing where it is gone already.

    Raises ValidationError for one's own, and for what follows from a session: there, who came is what to change.
    """
    if completion.person == by:
        raise ValidationError("Somebody else takes back what is recorded of you.")
    if completion.session_id:
        raise ValidationError("It follows from a session: change who came.")
    wrong = Completion.objects.filter(pk=completion.pk)
    if wrong.exists():
        history.record(by=by, verb="took back", about=completion)
        _take_back(wrong, by=by)


def _complete(session: Session, people: list[Person], *, by: Person) -> None:
    known = set(
        Completion.objects.filter(course=session.course, completed_on=session.day, person__in=people).values_list(
            "person", flat=True
        )
    )
    new = [
        _completion(person, session.course, session.day, by=by, session=session, provider=session.course.provider)
        for person in people
        if person.pk not in known
    ]
    Completion.objects.bulk_create(new)
    hooks.on_completions.run(new, by=by)


def _take_back(wrong, *, by: Person) -> None:
    gone = list(wrong.select_related("person", "course"))
    wrong.delete()
    hooks.on_completions.run(gone, by=by, undoing=True)


def _completion(person: Person, course: Course, day: date, *, by: Person, **values) -> Completion:
    return Completion(
        person=person,
        course=course,
        completed_on=day,
        valid_until=last_day_of(day, course.valid_months),
        recorded_by=by,
        **values,
    )
