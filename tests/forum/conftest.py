import pytest

from tests.factories import forum
from tests.factories.people import PersonFactory
from wellbeing.web.identity import acting_as


@pytest.fixture
def representative(station, secretary):
    """Rita, who represents UNISON."""
    person = PersonFactory(known_as="Rita", last_name="Unison", station=station)
    forum.seat(person, by=secretary)
    return person


@pytest.fixture
def deputy(station, secretary):
    """Dan, deputy of whoever represents UNISON."""
    person = PersonFactory(known_as="Dan", last_name="Deputy", station=station)
    forum.seat(person, by=secretary, deputy=True)
    return person


@pytest.fixture
def former(station, secretary):
    """Fay, whose term is over."""
    person = PersonFactory(known_as="Fay", last_name="Former", station=station)
    term = forum.seat(person, forum.strand("HR"), by=secretary)
    with acting_as(secretary):
        term.ends_on = term.starts_on
        term.save()
    return person
