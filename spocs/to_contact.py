"""SPOCs as volunteers who may be asked to get in touch (`wellbeing/contact`)."""

from wellbeing.contact.actions import requests
from wellbeing.contact.volunteers import Kind, Volunteer

from . import queries
from .models import Spoc

A_FEW = 3


def find(key) -> Volunteer | None:
    return next(iter(_volunteers(pk=key)), None)


def of_people(people) -> dict[int, Volunteer]:
    return {found.person.pk: found for found in _volunteers(person__in=people)}


def others(person) -> list[Volunteer]:
    """A few SPOCs in the day's fair order, whoever asks."""
    shown = queries.in_fair_order(Spoc.objects.listed().exclude(person=person))
    return [_volunteer(spoc) for spoc in shown[:A_FEW]]


def on_withdrawal(*, person, by) -> None:
    """Whoever waits for an answer is led to somebody else, and the SPOC is reminded of nobody any longer."""
    requests.turn_down(by=person, kind=KIND.name)


def _volunteers(**which) -> list[Volunteer]:
    return [_volunteer(spoc) for spoc in Spoc.objects.listed().select_related("person").filter(**which)]


def _volunteer(spoc: Spoc) -> Volunteer:
    return Volunteer(
        kind=KIND.name,
        key=spoc.pk,
        person=spoc.person,
        name=spoc.shown_name,
        facts=spoc.facts,
        ways=spoc,
        address=spoc.get_absolute_url(),
    )


KIND = Kind(
    name="spoc",
    title="Someone who has been there",
    find=find,
    of_people=of_people,
    others=others,
    page="spocs:list",
)
