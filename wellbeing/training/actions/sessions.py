"""Courses and their sessions: kept, planned, moved, cancelled."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.training import hooks, policy, reminders
from wellbeing.training.editions import refuse_another
from wellbeing.training.models import Course, Place, PlaceState, Session, SessionState

from . import places

# What a calendar must learn of.
_IN_A_CALENDAR = {"starts_at", "ends_at", "station", "station_id", "room"}


@transaction.atomic
def save_course(*, course: Course, by: Person | None, reading=None, seen: str = "", **values) -> Course:
    """Write a course, new or changed, and return it; `reading`: its pages to read again, or None to leave them.

    `seen`: its edition when the form was opened. Raises ValidationError where somebody else has changed it since, and
    for another purpose once there are sessions or people who must complete it.
    """
    is_new = course.pk is None
    if not is_new:
        course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
        refuse_another(seen, course.edition)
        _refuse_other_purpose(course, values)
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
    begun already. `id`: a key made with the form, so that whoever presses twice plans once."""
    if "id" in values and (there := Session.objects.filter(pk=values["id"]).first()):
        return there
    session = Session(course=course, **values)
    _refuse_wrong_times(session)
    session.save(force_insert=True)
    history.record(by=by, verb="planned", about=session)
    return session


@transaction.atomic
def change(*, session: Session, by: Person | None, seen: str = "", **values) -> Session:
    """Change a planned session, and return it; whoever has a place, or is offered one, is told where day, time or place
    move. No offer stays open once it begins.

    `seen`: its edition when the form was opened. Raises ValidationError where somebody else has changed it since, where
    it is cancelled or has begun, for wrong times, for fewer places than are taken, and where it moves while there are
    places that `by` does not see.
    """
    session = places.locked(session)
    if not session.is_coming:
        raise ValidationError("This session is cancelled." if session.is_cancelled else "This session has begun.")
    refuse_another(seen, session.edition)
    details = history.difference(session, values)
    for name, value in values.items():
        setattr(session, name, value)
    _refuse_wrong_times(session)
    if session.capacity < session.taken:
        raise ValidationError({"capacity": f"{session.taken} places are taken: leave at least as many."})
    if _IN_A_CALENDAR & set(details):
        _refuse_unseen(session, by)
        values |= {"sequence": session.sequence + 1, "changed_at": timezone.now()}
    _save(session, values)
    history.record(by=by, verb="changed", about=session, details=_plain(details))
    if "sequence" in values:
        _tell_of_the_move(session, by=by)
    return session


@transaction.atomic
def cancel(*, session: Session, by: Person | None) -> Session:
    """Cancel a planned session: nobody has a place in it any more, and everybody who had one is told. Returns it.

    Raises ValidationError where it is cancelled already, has begun, or has places that `by` does not see.
    """
    session = places.locked(session)
    if not session.is_coming:
        raise ValidationError("This session is cancelled." if session.is_cancelled else "This session has begun.")
    _refuse_unseen(session, by)
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


def _tell_of_the_move(session: Session, *, by: Person | None) -> None:
    held = Place.objects.filter(session=session, state__in=(PlaceState.OFFERED, PlaceState.BOOKED))
    held.filter(state=PlaceState.OFFERED, offered_until__gt=session.starts_at).update(offered_until=session.starts_at)
    held = list(held.select_related("person"))
    refresh(reminders.PLACE, *(place.pk for place in held))
    numbers = (session.sequence - 1, session.sequence)  # what was told of the change before is so no longer
    refresh(reminders.MOVED, *(reminders.change_of(place, number) for place in held for number in numbers))
    for place in held:
        place.session = session
    hooks.on_places.run(held, by=by)


def _refuse_unseen(session: Session, by: Person | None) -> None:
    """HR does not see who had a place before the course was required, and so could not tell them."""
    seen = Place.objects.taking_a_seat().filter(session=session).count()
    if by and not policy.organises_everything(by) and seen < session.taken:
        raise ValidationError("Some of these places were taken before the course was required. Ask the coordinator.")


def _refuse_other_purpose(course: Course, values: dict) -> None:
    if values.get("purpose", course.purpose) != course.purpose and course.purpose_is_settled:
        raise ValidationError({"purpose": "It has sessions, or people must complete it: add another course instead."})


def _refuse_wrong_times(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": "It ends after it begins."})
    if session.starts_at <= timezone.now():
        raise ValidationError({"starts_at": "Choose a day and time that are still to come."})


def _plain(details: dict) -> dict:
    return {name: [str(value) for value in pair] for name, pair in details.items()}
