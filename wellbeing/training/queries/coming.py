"""What is coming, for whoever may book it; and what is coming up at a station, for anybody."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When

from wellbeing.people.models import Division, Person, Station
from wellbeing.training import policy
from wellbeing.training.models import Place, Purpose, Session

COMING_UP = 3


@dataclass(frozen=True)
class Where:
    """Which sessions are asked for: those at a station, those in a division, or all of them."""

    station: Station | None = None
    division: Division | None = None

    def __bool__(self) -> bool:
        return self.station is not None or self.division is not None

    def __str__(self) -> str:
        return f"At {self.station}" if self.station else f"In {self.division}" if self.division else "Everywhere"


def coming(person: Person, where: Where):
    """The sessions that `person` may book, or has a place in, as a queryset: what is at their own station or for
    everybody first (`is_here`), then by day. `own` is the state of their own place, or None."""
    held = policy.places_of(person).taking_a_seat().filter(session=OuterRef("pk"))
    sessions = Session.objects.coming().filter(Q(pk__in=policy.open_to(person).values("pk")) | Exists(held))
    if where.station:
        sessions = sessions.filter(station=where.station)
    elif where.division:
        sessions = sessions.filter(station__division=where.division)
    here = Case(When(_for(person.station_id), then=Value(True)), default=Value(False), output_field=BooleanField())
    found = sessions.annotate(is_here=here, own=Subquery(held.values("state")[:1]))
    return found.select_related("course", "station").order_by("-is_here", "starts_at", "id")


def coming_up(station: Station | None, *, most: int = COMING_UP) -> list[Session]:
    """The next events at `station` and those for everybody, the soonest first."""
    events = Session.objects.coming().filter(course__purpose=Purpose.EVENT, course__is_offered=True)
    found = events.filter(_for(station.pk if station else None)).select_related("course", "station")
    return list(found.order_by("starts_at", "id")[:most])


def places() -> list[Division]:
    """The divisions with their open stations (`open_stations`), by name, to choose from; two queries."""
    stations: dict[int, list[Station]] = {}
    for station in Station.objects.filter(closed=False).order_by("name"):
        stations.setdefault(station.division_id, []).append(station)
    divisions = list(Division.objects.order_by("name"))
    for division in divisions:
        division.open_stations = stations.get(division.pk, [])
    return divisions


def session(person: Person, pk) -> Session | None:
    """A session whose page `person` may read, with what the page says of it; None where there is none."""
    found = policy.shown_to(person).select_related("course__requirement", "station__division").filter(pk=pk)
    return found.first()


def own_place(person: Person, session: Session) -> Place | None:
    """The place of `person` in a session: the one they have, or else the last they had."""
    places = list(policy.places_of(person).filter(session=session).order_by("-changed_at"))
    return next((place for place in places if place.takes_a_seat), places[0] if places else None)


def _for(station_id: int | None) -> Q:
    return Q(station__isnull=True) | Q(station=station_id) if station_id else Q(station__isnull=True)
