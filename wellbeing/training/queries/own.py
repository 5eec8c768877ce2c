"""What is one's own: places to come, what one has completed."""

from django.db.models import Prefetch
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.support.models import Guidance
from wellbeing.training import policy
from wellbeing.training.models import Completion, PlaceState, SessionState


def places_to_come(person: Person):
    """The places that `person` has, or is offered, in sessions that are not over, the soonest first."""
    still = {"session__state": SessionState.PLANNED, "session__ends_at__gt": timezone.now()}
    places = policy.places_of(person).filter(state__in=(PlaceState.OFFERED, PlaceState.BOOKED), **still)
    return places.select_related("session__course", "session__station").order_by("session__starts_at", "pk")


def completions_of(person: Person):
    """What `person` has completed, the latest first, with the pages that each course gives to read again."""
    reading = Prefetch("course__reading", Guidance.objects.published(), to_attr="pages")
    return Completion.objects.filter(person=person).select_related("course").prefetch_related(reading)


def completion_of(person: Person, pk) -> Completion | None:
    """One that is their own; None where it is not, whoever asks."""
    return completions_of(person).filter(pk=pk).first()


def completed_here(person: Person, session) -> Completion | None:
    """What `person` completed in this session."""
    return completions_of(person).filter(session=session).first()
