"""People and places for tests. Rows are written through the same door as the portal's own: actions."""

import factory
from django.utils.text import slugify

from wellbeing.people import actions
from wellbeing.people.models import Division, EmploymentType, Force, Person, Station


def the_force() -> Force:
    return actions.set_force(by=None, name="Invented Police")


class DivisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Division
        django_get_or_create = ["slug"]

    name = "North"
    slug = factory.LazyAttribute(lambda division: slugify(division.name))


class StationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Station
        django_get_or_create = ["slug"]

    division = factory.SubFactory(DivisionFactory)
    name = factory.Sequence(lambda number: f"Station {number}")
    slug = factory.LazyAttribute(lambda station: slugify(station.name))
    district = factory.LazyAttribute(lambda station: station.name)


class PersonFactory(factory.Factory):
    class Meta:
        model = Person

    staff_number = factory.Sequence(lambda number: str(900_000 + number))
    known_as = factory.Sequence(lambda number: f"Known{number}")
    last_name = "Example"
    email = factory.LazyAttribute(lambda p: f"{p.known_as}.{p.staff_number}@force.example".lower())
    rank_or_grade = "PC"
    employment_type = EmploymentType.OFFICER
    station = factory.LazyFunction(StationFactory)

    @classmethod
    def _create(cls, model, **values):
        return actions.add_person(by=None, **values)
