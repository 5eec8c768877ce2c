"""What some of the invented champions counted of their months, two of them far more than the others."""

from random import Random

from champions.actions import load
from champions.models import Band, Champion
from champions.queries import load as queries
from wellbeing.people.models import Person
from wellbeing.support.models import Service
from wellbeing.web.identity import acting_as

_NUMBER = 40
_USUAL = (Band.NONE, Band.FEW, Band.FEW, Band.FEW, Band.SOME, Band.SOME)
_FAR = 2


def count(star: Person, rng: Random) -> int:
    """Let `star` and others count this month and the two before, each as many of them as they like; returns how many
    champions did, 0 where `star` has counted already."""
    with acting_as(star):
        if any(month.tally for month in queries.own_months(star)):
            return 0
    others = list(
        Champion.objects.listed().exclude(person=star).select_related("person").order_by("person__staff_number")
    )
    people = [champion.person for champion in rng.sample(others, min(len(others), _NUMBER - 1))]
    services = list(Service.objects.to_point_to().order_by("name"))
    for number, person in enumerate([*people, star]):
        _count(person, services, rng, far=number < _FAR)
    return len(people) + 1


def _count(person: Person, services: list[Service], rng: Random, *, far: bool) -> None:
    months = queries.months()
    for month in months if far else rng.sample(months, rng.randint(1, len(months))):
        band = rng.choice((Band.MANY, Band.MORE)) if far else rng.choice(_USUAL)
        pointed = [] if band == Band.NONE else rng.sample(services[:8], rng.randint(0, 2))
        with acting_as(person):
            load.count(by=person, month=month, conversations=band, services=pointed)
