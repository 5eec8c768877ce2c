"""SPOCs as volunteers who may be asked to get in touch (`wellbeing/contact`)."""

from wellbeing.contact.volunteers import Kind, Volunteer

from . import queries
from .models import Spoc

A_FEW = 3


def find(key) -> Volunteer | None:
    return _first(pk=key)


def of_person(person: int) -> Volunteer | None:
    return _first(person=person)


def others(person) -> list[Volunteer]:
    """A few SPOCs in the day's fair order, whoever asks."""
    shown = queries.in_fair_order(Spoc.objects.listed().exclude(person=person))
    return [_volunteer(spoc) for spoc in shown[:A_FEW]]


def _first(**which) -> Volunteer | None:
    spoc = Spoc.objects.listed().select_related("person").filter(**which).first()
    return _volunteer(spoc) if spoc else None


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
    of_person=of_person,
    others=others,
    page="spocs:list",
)
