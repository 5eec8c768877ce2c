"""Fills an empty database with the demonstration. The only write that the demonstration makes."""

from collections.abc import Callable
from random import Random

from django.db import transaction

from wellbeing.people import actions as people_actions
from wellbeing.people.models import Person, Station
from wellbeing.support.actions import load_shipped_topics

from . import (
    absences,
    career,
    contacts,
    figures,
    forum,
    forum_agenda,
    forum_outcomes,
    forum_plan,
    life,
    network,
    one_to_ones,
    ownership,
    pages,
    passports,
    people,
    posters,
    required,
    returns,
    spocs,
    stories,
    support,
    training,
    volunteering,
    waiting,
    welfare,
)
from . import load as load_of_champions
from .cast import CAST
from .files import places

FORCE = {
    "name": "Kent Police (demonstration)",
    "contact_name": "The wellbeing team",
    "contact_email": "wellbeing@force.example",
    "contact_phone": "01632 960000",
}
_SEED = 2016
# Who of the cast sits at the forum, and for whom.
SITS = {
    "Champions": "champion",
    "SPOCs": "coordinator",
    "Mentors": "mentor",
    "HR": "hr",
    "Police Federation": "manager",
}


def load(*, number: int, advance: Callable[[int], None]) -> None:
    """Invent the force and `number` people, all or nothing; calls `advance` with each number of people saved.

    Raises NotOurDatabaseError where the database is not empty, and ValueError for too small a number.
    """
    _invent(number, advance)
    complete()


def complete() -> None:
    """Invent what is confidential, for which everybody must be there already; nothing where there is some."""
    one_to_ones.hold(_person("manager"), _person("staff"), Random(_SEED))  # noqa: S311 - invents, keeps no secret
    passports.write(_person("staff"), _person("manager"), Random(_SEED + 1))  # noqa: S311 - the same
    career.mentor(_person("staff"), _person("mentor"), _person("champion"), Random(_SEED + 2))  # noqa: S311 - the same
    figures.remember(_person("hr"), _person("lead"), Random(_SEED + 3))  # noqa: S311 - the same
    absences.stay_away(_person("away"), _person("manager"), _person("spoc"), Random(_SEED + 4))  # noqa: S311
    rng = Random(_SEED + 5)  # noqa: S311 - the same
    returns.plan(_person("manager"), _person("mentor"), _person("staff"), rng)
    rng = Random(_SEED + 6)  # noqa: S311 - the same
    welfare.wait(_person("manager"), _person("mentor"), _person("coordinator"), rng)
    training.teach(_person("coordinator"), Random(_SEED + 7))  # noqa: S311 - the same
    load_of_champions.count(_person("champion"), Random(_SEED + 8))  # noqa: S311 - the same
    rng = Random(_SEED + 10)  # noqa: S311 - the same
    life.serve(_person("champion"), _person("coordinator"), _person("secretary"), rng)
    required.require(_person("hr"), _person("coordinator"), Random(_SEED + 9))  # noqa: S311 - the same
    rng = Random(_SEED + 11)  # noqa: S311 - the same
    waiting.wait(_person("staff"), _person("coordinator"), rng)
    rng = Random(_SEED + 12)  # noqa: S311 - the same
    readers = _person("coordinator"), _person("secretary")
    stories.tell(_person("spoc"), _person("mentor"), _person("staff"), *readers, rng)
    volunteering.look_after(_person("spoc"), _person("coordinator"), Random(_SEED + 17))  # noqa: S311 - the same
    contacts.ask(_person("spoc"), Random(_SEED + 16))  # noqa: S311 - the same
    posters.hang(_person("champion"), Random(_SEED + 10))  # noqa: S311 - the same
    pages.sign(_person("coordinator"), _person("dpo"))
    pages.hand_out(_person("coordinator"), Random(_SEED + 12))  # noqa: S311 - the same
    pages.help_some(Random(_SEED + 13))  # noqa: S311 - the same
    known = {strand: _person(key) for strand, key in SITS.items()}
    forum.seat_and_meet(_person("secretary"), known, Random(_SEED + 18))  # noqa: S311 - the same
    raisers = {key: _person(key) for key in ("staff", "manager", "mentor", "champion")}
    forum_agenda.suggest(_person("secretary"), raisers, Random(_SEED + 20))  # noqa: S311 - the same
    owners = {"hr": _person("hr"), "coordinator": _person("coordinator")}
    forum_outcomes.decide(_person("secretary"), owners, Random(_SEED + 19))  # noqa: S311 - the same
    rng = Random(_SEED + 23)  # noqa: S311 - the same
    forum_plan.commit(_person("lead"), _person("secretary"), _person("hr"), rng)


@transaction.atomic
def _invent(number: int, advance: Callable[[int], None]) -> None:
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
    load_shipped_topics()
    spocs.list_spocs(_person("coordinator"), rng)
    network.appoint_mentors(rng)
    support.help_everybody(_person("coordinator"))


def _person(key: str) -> Person:
    return Person.objects.get(staff_number=CAST[key].staff_number)
