"""Courses and their sessions: kept, planned, moved, cancelled."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.training.models import Course, Place, PlaceState, Session, SessionState

from . import places

# What a calendar must learn of.
_IN_A_CALENDAR = {"starts_at", "ends_at", "station", "station_id", "room"}


@transaction.atomic
def save_course(*, course: Course, by: Person | None, reading=None, **values) -> Course:
    """Write a course, new or changed, and return it; `reading`: its pages to read again, or None to leave them."""
    is_new = course.pk is None
    details = {} if is_new else history.difference(course, values)
    for name, value in values.items():
        setattr(course, name, value)
    course.save()
    if reading is not None:
        course.reading.set(reading)
    history.record(by=by, verb="added" if is_new else "changed", about=course, details=details)
    return course


@transaction.atomic
def plan(*, course: Course, by: Person | None, **values) -> Session:
    """Plan a session of `course`, and return it. Raises ValidationError where it would end before it begins, or has
    begun already."""
    session = Session(course=course, **values)
    _refuse_wrong_times(session)
    session.save()
    history.record(by=by, verb="planned", about=session)
    return session


@transaction.atomic
def change(*, session: Session, by: Person | None, **values) -> Session:
    """Change a planned session, and return it; whoever has a place is told where day, time or place move.

    Raises ValidationError where it is cancelled or over, for wrong times, and for fewer places than are taken.
    """
    session = places.locked(session)
    if not session.is_coming:
        raise ValidationError("This session is cancelled." if session.is_cancelled else "This session has begun.")
    details = history.difference(session, values)
    for name, value in values.items():
        setattr(session, name, value)
    _refuse_wrong_times(session)
    if session.capacity < session.taken:
        raise ValidationError({"capacity": f"{session.taken} places are taken: leave at least as many."})
    if _IN_A_CALENDAR & set(details):
        values |= {"sequence": session.sequence + 1, "changed_at": timezone.now()}
    _save(session, values)
    history.record(by=by, verb="changed", about=session, details=_plain(details))
    return session


@transaction.atomic
def cancel(*, session: Session, by: Person | None) -> Session:
    """Cancel a planned session: nobody has a place in it any more, and everybody who had one is told. Returns it.

    Raises ValidationError where it is cancelled already, or has begun.
    """
    session = places.locked(session)
    if not session.is_coming:
        raise ValidationError("This session is cancelled." if session.is_cancelled else "This session has begun.")
    values = {"state": SessionState.CANCELLED, "sequence": session.sequence + 1, "changed_at": timezone.now()}
    _save(session, values)
    history.record(by=by, verb="cancelled", about=session)
    held = Place.objects.filter(session=session, state__in=(PlaceState.OFFERED, PlaceState.BOOKED))
    held = list(held.select_for_update(of=("self",)).select_related("person"))
    for place in held:
        place.session = session
    places.move(held, PlaceState.CANCELLED, by=by)
    return session


def _save(session: Session, values: dict) -> None:
    for name, value in values.items():
        setattr(session, name, value)
    session.save(update_fields=list(values))


def _refuse_wrong_times(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": "It ends after it begins."})
    if session.starts_at <= timezone.now():
        raise ValidationError({"starts_at": "Choose a day and time that are still to come."})


def _plain(details: dict) -> dict:
    return {name: [str(value) for value in pair] for name, pair in details.items()}
