"""What people are reminded of about their places, and whoever organises about attendance."""

from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, Replace, TruncDate
from django.urls import reverse
from django.utils import timezone

from wellbeing.people.models import RoleAssignment
from wellbeing.reminders.kinds import Kind, register
from wellbeing.training.models import Place, PlaceState, Purpose, Session, SessionState

PLACE, CANCELLED, MOVED = "training.place", "training.cancelled", "training.moved"
ATTENDANCE = "training.attendance"
ORGANISER = "coordinator"
_KEY = 32  # characters of a place's key without its dashes


def booked():
    """Places in sessions to come, with the day on which each begins."""
    return _to_come(PlaceState.BOOKED).annotate(day=TruncDate("session__starts_at"))


def cancelled():
    """Places in sessions that were cancelled and would be to come, with the day of the cancelling."""
    gone = {"session__state": SessionState.CANCELLED, "session__starts_at__gt": timezone.now()}
    return Place.objects.filter(state=PlaceState.CANCELLED, **gone).annotate(day=TruncDate("changed_at"))


def moved():
    """Places in sessions whose day, time or room was changed after they were booked or offered, with the day of that
    change.

    `change` is the key of the place and the number of the change: somebody is told of each.
    """
    key = Replace(Cast("id", CharField()), Value("-"), Value(""))
    to_come = _to_come(PlaceState.BOOKED, PlaceState.OFFERED)
    since = to_come.filter(session__sequence__gt=0, made_at__lt=F("session__changed_at"))
    return since.annotate(
        change=Concat(key, Cast("session__sequence", CharField())), changed_on=TruncDate("session__changed_at")
    )


def not_written():
    """Sessions that are over and of which nobody has written who came, with the coordinator to tell: who has been it
    longest. At an event nobody writes that."""
    held = RoleAssignment.objects.live().filter(role=ORGANISER).order_by("starts", "pk")
    over = Session.objects.filter(state=SessionState.PLANNED, ends_at__lt=timezone.now())
    waiting = Exists(Place.objects.filter(session=OuterRef("pk"), state=PlaceState.BOOKED))
    told = over.exclude(course__purpose=Purpose.EVENT).filter(waiting)
    return told.annotate(day=TruncDate("ends_at"), organiser=Subquery(held.values("person_id")[:1])).filter(
        organiser__isnull=False
    )


def change_of(place: Place, sequence: int) -> str:
    """How the change of that number is known to somebody with this place."""
    return f"{place.pk.hex}{sequence}"


def _to_come(*states: str):
    return Place.objects.filter(state__in=states, session__in=Session.objects.coming())


def _the_place(reminder) -> str:
    return reverse("training:place", args=[reminder.about])


def _the_moved(reminder) -> str:
    return reverse("training:place", args=[UUID(reminder.about[:_KEY])])


def _attendance(reminder) -> str:
    return reverse("training:attendance", args=[reminder.about])


register(
    Kind(
        name=PLACE,
        title="A place that I have in training or at an event",
        due=booked,
        reader="person_id",
        day="day",
        steps=(7, 1),
        limit=True,
        sentence="You have a place in training or at an event on {due}.",
        page=_the_place,
        calendar="training",
    )
)
register(
    Kind(
        name=CANCELLED,
        title="Training or an event that was cancelled",
        due=cancelled,
        reader="person_id",
        day="day",
        steps=(0,),
        urgent=True,
        sentence="Training or an event in which you had a place was cancelled on {due}.",
        page=_the_place,
    )
)
register(
    Kind(
        name=MOVED,
        title="Training or an event that was moved",
        due=moved,
        reader="person_id",
        day="changed_on",
        thing="change",
        steps=(0,),
        urgent=True,
        sentence="Day, time or room of training or an event in which you have or are offered a place changed on {due}.",
        page=_the_moved,
    )
)
register(
    Kind(
        name=ATTENDANCE,
        title="Who came to training",
        due=not_written,
        reader="organiser",
        day="day",
        steps=(-3,),
        sentence="Training was held on {due}, and it is not written yet who came.",
        page=_attendance,
    )
)
