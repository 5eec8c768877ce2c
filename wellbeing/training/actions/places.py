"""Places: booked, offered, answered, given back, let lapse."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.training import hooks, policy, reminders
from wellbeing.training.models import MOVES, Place, PlaceState, Purpose, Session

FULL = "The last place has just gone."
_NO_LONGER = {
    PlaceState.BOOKED: "This place is yours already.",
    PlaceState.DECLINED: "You have said no to this place. If you changed your mind, ask the organiser.",
    PlaceState.EXPIRED: "The time to answer is over, and the place has gone to somebody else.",
    PlaceState.CANCELLED: "This session was cancelled.",
    PlaceState.WITHDRAWN: "You have given this place back.",
}


@transaction.atomic
def book(*, session: Session, by: Person) -> Place:
    """Take a place for oneself, at once; returns it, and the same one to whoever presses twice.

    Raises ValidationError where none is left, one is offered already, the session is over or cancelled, or it is not
    booked by oneself: places in it are offered from the waiting list, or it is for champions.
    """
    session = locked(session)
    if not session.course.is_offered or session.course.purpose == Purpose.CHAMPION:
        raise ValidationError("Places in this session are offered to people on the waiting list.")
    if not policy.may_book(by, session.course):
        raise ValidationError("This session is for champions.")
    if held := Place.objects.filter(session=session, person=by, state=PlaceState.BOOKED).first():
        return held
    return _make(session, by, by=by, state=PlaceState.BOOKED)


@transaction.atomic
def offer(*, session: Session, person: Person, until: datetime, by: Person | None) -> Place:
    """Hold a place for `person` until they answer, at the latest `until`; returns it. Raises as `book` does."""
    return _make(locked(session), person, by=by, state=PlaceState.OFFERED, offered_until=until)


@transaction.atomic
def accept(*, place: Place, by: Person) -> Place:
    """Take a place that was offered. Raises ValidationError once it was answered, its time is over or the session has
    begun."""
    place = _own(place, by)
    if place.state == PlaceState.OFFERED and place.session.starts_at <= timezone.now():
        raise ValidationError("This session has begun.")
    if place.state == PlaceState.OFFERED and place.offered_until <= timezone.now():
        raise ValidationError(_NO_LONGER[PlaceState.EXPIRED])
    return move([place], PlaceState.BOOKED, by=by)[0]


@transaction.atomic
def decline(*, place: Place, by: Person) -> Place:
    """Say no to a place that was offered; no reason is asked. Raises ValidationError once it was answered."""
    return move([_own(place, by)], PlaceState.DECLINED, by=by)[0]


@transaction.atomic
def withdraw(*, place: Place, by: Person) -> Place:
    """Give a booked place back. Raises ValidationError where it is none any more, or the session has begun."""
    place = _own(place, by)
    if place.session.starts_at <= timezone.now():
        raise ValidationError("This session has begun.")
    return move([place], PlaceState.WITHDRAWN, by=by)[0]


@transaction.atomic
def let_offers_lapse() -> list[Place]:
    """Offers that nobody answered in time are offers no longer, nor are those in a session that has begun; as the
    worker. Returns them."""
    now = timezone.now()
    open_offers = Place.objects.filter(state=PlaceState.OFFERED)
    over = open_offers.filter(offered_until__lte=now) | open_offers.filter(session__starts_at__lte=now)
    sessions = Session.objects.filter(pk__in=over.values("session")).order_by("pk")
    list(sessions.select_for_update().values_list("pk"))  # a session before its places, as everybody locks them
    places = list(over.select_for_update(of=("self",)).select_related("session__course", "person"))
    return move(places, PlaceState.EXPIRED, by=None)


def move(places: list[Place], to: str, *, by: Person | None) -> list[Place]:
    """Move locked places to state `to` and tell the apps above; returns them. Raises ValidationError where one may not
    move there from where it is."""
    for place in places:
        if to not in MOVES.get(place.state, ()):
            raise ValidationError(_NO_LONGER.get(place.state, "This place can no longer be changed so."))
    now = timezone.now()
    Place.objects.filter(pk__in=[place.pk for place in places]).update(state=to, changed_at=now)
    for place in places:
        place.state, place.changed_at = to, now
    _tell(places)
    hooks.on_places.run(places, by=by)
    return places


def locked(session: Session) -> Session:
    """The session as it stands now, locked until the transaction ends: whoever takes a place after this waits."""
    return Session.objects.select_for_update(of=("self",)).select_related("course", "station").get(pk=session.pk)


def _make(session: Session, person: Person, *, by: Person | None, **values) -> Place:
    if not session.is_coming:
        raise ValidationError("This session was cancelled." if session.is_cancelled else "This session has begun.")
    held = Place.objects.taking_a_seat().filter(session=session, person=person).first()
    if held:
        raise ValidationError("There is a place in this session already.")
    if session.free < 1:
        raise ValidationError(FULL)
    place = Place.objects.create(session=session, person=person, **values)
    session.taken += 1
    _tell([place])
    hooks.on_places.run([place], by=by)
    return place


def _tell(places: list[Place]) -> None:
    """Whoever has a place is reminded of it, and no longer of one that they have no more."""
    refresh(reminders.PLACE, *(place.pk for place in places))
    refresh(reminders.CANCELLED, *(place.pk for place in places if place.state == PlaceState.CANCELLED))


def _own(place: Place, by: Person) -> Place:
    session = locked(place.session)
    place = Place.objects.select_for_update(of=("self",)).select_related("person").get(pk=place.pk, person=by)
    place.session = session
    return place
