"""Fills an empty database with the demonstration. The only write that the demonstration makes."""

from collections.abc import Callable
from random import Random

from django.db import transaction

from wellbeing.people import actions as people_actions
from wellbeing.people.models import Person, Station
from wellbeing.support import actions as support
from wellbeing.support.models import Service

from . import network, ownership, people
from .cast import CAST
from .files import places

FORCE = {
    "name": "Kent Police (demonstration)",
    "contact_name": "The wellbeing team",
    "contact_email": "wellbeing@force.example",
    "contact_phone": "01632 960000",
}
_SEED = 2016


@transaction.atomic
def load(*, number: int, advance: Callable[[int], None]) -> None:
    """Invent the force and `number` people, all or nothing; calls `advance` with each number of people saved.

    Raises NotOurDatabaseError where the database is not empty, and ValueError for too small a number.
    """
    ownership.claim(people=number)
    people_actions.set_force(by=None, **FORCE)
    people_actions.add_places(by=None, places=places())
    stations = {station.name: station for station in Station.objects.order_by("pk")}
    people.invent(number, stations, seed=_SEED, advance=advance)
    for member in CAST.values():
        if member.role:
            people_actions.name_first_holder(person=_person(member.key), role=member.role)
    rng = Random(_SEED)  # noqa: S311 - invents people, keeps no secret
    network.appoint_champions(rng)
    network.list_spocs(rng)
    network.appoint_mentors(rng)
    _services()


def _person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)


def _services() -> None:
    """The services that ship with the portal; that somebody has tried their numbers is invented like the rest."""
    support.load_shipped_services()
    for service in Service.objects.exclude(phone="", text_number=""):
        support.verify_service(service=service, by=_person("coordinator"))
