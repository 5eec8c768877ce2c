"""What the coordinator and HR see of the network of SPOCs: never a count by topic or station, never a topic."""

from dataclasses import dataclass

from django.db.models import QuerySet

from wellbeing.people.models import Person

from .. import policy
from ..models import Spoc, State


@dataclass(frozen=True)
class Network:
    """Who has not decided yet, whose profile waits to be read, and how many are listed."""

    invited: QuerySet
    to_review: QuerySet
    own_waits: bool
    listed: int


def network(person) -> Network:
    """The coordinator's overview, in a constant number of queries."""
    return Network(
        invited=_by_name(Spoc.objects.filter(state=State.INVITED, person__in=Person.objects.listed())),
        to_review=_by_name(policy.to_review_by(person)),
        own_waits=Spoc.objects.filter(state=State.REVIEW, person=person).exists(),
        listed=Spoc.objects.listed().count(),
    )


def known_to(person) -> QuerySet:
    """For HR: who lets HR know that they are a SPOC, with their station; nothing else of the profile is read."""
    return _by_name(policy.known_to(person).select_related("person__station")).only(
        "id", "person__known_as", "person__last_name", "person__station__name"
    )


def _by_name(spocs: QuerySet) -> QuerySet:
    return spocs.select_related("person__station").order_by("person__last_name", "person__known_as", "person_id")
