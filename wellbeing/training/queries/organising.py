"""What whoever organises training sees: sessions and how full, courses, who has a place."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.people.policy import sees_hidden
from wellbeing.training import policy
from wellbeing.training.models import TAKES_SEAT, Completion, Course, Place, PlaceState, Purpose, Session, SessionState

EARLIER = LATELY = 10


@dataclass(frozen=True)
class Sitting:
    """Somebody with a place, as an organiser sees them. Whoever is hidden keeps their place and shows no name."""

    place: Place

    @property
    def name(self) -> str:
        return "Somebody who is in no list" if self.place.person.hidden else self.place.person.name

    @property
    def known_by(self) -> str:
        """Staff number and station."""
        person = self.place.person
        return "" if person.hidden else f"{person.staff_number}, {person.station or 'no station'}"


def coming(person: Person):
    """The coming sessions that `person` organises, the soonest first, with how many places are only offered."""
    offered = Count("places", filter=Q(places__state=PlaceState.OFFERED))
    sessions = policy.sessions_of(person).coming().annotate(offered=offered)
    return sessions.select_related("course", "station").order_by("starts_at", "id")


def not_written(person: Person):
    """The sessions that have begun and of which nobody has written who came, the longest ago first. No events."""
    waiting = Exists(Place.objects.filter(session=OuterRef("pk"), state=PlaceState.BOOKED))
    begun = policy.sessions_of(person).filter(state=SessionState.PLANNED, starts_at__lte=timezone.now())
    begun = begun.exclude(course__purpose=Purpose.EVENT).filter(waiting)
    return begun.select_related("course", "station").order_by("starts_at", "id")


def earlier(person: Person):
    """The last sessions that are over, and written, or were cancelled; the latest first."""
    over = Q(ends_at__lte=timezone.now()) | Q(state=SessionState.CANCELLED)
    sessions = policy.sessions_of(person).filter(over).exclude(pk__in=not_written(person).values("pk"))
    sessions = sessions.select_related("course", "station")
    return sessions.order_by("-starts_at", "id")[:EARLIER]


def courses(person: Person):
    """The courses that `person` organises, with the start of the next session of each (`next_on`)."""
    coming = Q(sessions__state=SessionState.PLANNED, sessions__starts_at__gt=timezone.now())
    return policy.organised_by(person).annotate(next_on=Min("sessions__starts_at", filter=coming)).order_by("title")


def session(person: Person, pk) -> Session | None:
    """One that `person` organises; None for every other."""
    found = policy.sessions_of(person).select_related("course__requirement", "station")
    return found.filter(pk=pk).first()


def course(person: Person, pk: int) -> Course | None:
    """One that `person` organises; None for every other."""
    return policy.organised_by(person).filter(pk=pk).first()


def recorded(person: Person):
    """What was recorded as completed elsewhere, of the courses that `person` organises, the latest first; never their
    own, nor of hidden people unless `person` keeps the roster."""
    found = Completion.objects.filter(session=None, course__in=policy.organised_by(person)).exclude(person=person)
    if not sees_hidden(person):
        found = found.exclude(person__hidden=True)
    return found.select_related("person__station", "course").order_by("-recorded_at", "pk")


def sittings(session: Session) -> list[Sitting]:
    """Everybody with a place, by name; whoever gave one back is not among them."""
    places = Place.objects.filter(session=session, state__in=TAKES_SEAT).select_related("person__station")
    found = [Sitting(place) for place in places]
    return sorted(found, key=lambda sitting: (sitting.name.lower(), str(sitting.place.pk)))
