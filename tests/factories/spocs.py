"""SPOCs for tests: invited, consenting for themselves, read first by a coordinator."""

from spocs import actions
from spocs.models import Spoc
from tests.factories.people import PersonFactory
from wellbeing.people.actions import name_first_holder
from wellbeing.people.models import Person, RoleAssignment
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

REACHED_BY_PHONE = {"show_phone": True, "phone": "07700 900123"}


def topic(name: str, **values) -> Topic:
    """A topic of this name, the one and only."""
    return Topic.objects.get_or_create(name=name, defaults=values)[0]


def invited(person: Person) -> Spoc:
    """An invitation, as at set-up."""
    with acting_as(None):
        return actions.invite(person=person, by=None)


def agreed(*, person: Person | None = None, topics=(), **profile) -> Spoc:
    """Somebody who has consented, and whose profile waits to be read."""
    person = person or PersonFactory()
    spoc = invited(person)
    with acting_as(person):
        return actions.consent(spoc=spoc, by=person, topics=topics, **(REACHED_BY_PHONE | profile))


def listed_spoc(*, person: Person | None = None, **profile) -> Spoc:
    """A SPOC who has consented and is listed; `topics` among what they say."""
    spoc, reader = agreed(person=person, **profile), a_coordinator()
    with acting_as(reader):
        return actions.agree(spoc=spoc, by=reader)


def a_coordinator() -> Person:
    """Whoever reads profiles first; somebody new where the test has no coordinator."""
    held = RoleAssignment.objects.live().filter(role="coordinator").select_related("person").first()
    if held:
        return held.person
    reader = PersonFactory(known_as="Rhea", last_name="Reader")
    name_first_holder(person=reader, role="coordinator")
    return Person.objects.get(pk=reader.pk)


def by_oneself(act, spoc: Spoc, **values) -> Spoc:
    """What the SPOC does with their own profile: `by_oneself(actions.pause, spoc)`."""
    with acting_as(spoc.person):
        return act(spoc=spoc, by=spoc.person, **values)


def own_row(person: Person) -> Spoc:
    """The row as its SPOC may read it, whatever its state."""
    with acting_as(person):
        return Spoc.objects.get(person=person)
