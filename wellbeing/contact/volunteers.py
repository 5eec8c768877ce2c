"""Who may be asked to get in touch. The strands stand above this room, so each says it when the portal starts:

volunteers.register(
    volunteers.Kind(name="spoc", title="Someone who has been there", find=…, of_people=…, others=…, page="spocs:list")
)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from wellbeing.people.models import Person


@dataclass(frozen=True)
class Volunteer:
    """Somebody listed, and neither away nor on a break; the name and the ways are those they wish shown."""

    kind: str
    key: UUID  # of their entry: opaque, and what an address may hold
    person: Person
    name: str
    facts: str  # what stands under the name
    ways: object  # what `{% reach %}` takes: `call_number`, `text_number`, `mail_address`
    address: str  # of their own page


@dataclass(frozen=True)
class Kind:
    """One kind of volunteer.

    `find(key)` returns the volunteer with that entry, None where they cannot be asked now, whatever the reason;
    `of_people(keys of people)` those of them who can be asked, by person. `others(person)` returns a few whom that
    person may ask instead. Each in a constant number of queries. `page` is the URL name of the list of them all,
    `title` its words.
    """

    name: str
    title: str
    find: Callable[[UUID], Volunteer | None]
    of_people: Callable[[Iterable[int]], dict[int, Volunteer]]
    others: Callable[[Person], list[Volunteer]]
    page: str


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def every() -> list[Kind]:
    return list(_kinds.values())


def find(key: UUID) -> Volunteer | None:
    """The volunteer with that entry, of whatever kind; None where nobody can be asked by it."""
    return next((found for kind in every() if (found := kind.find(key))), None)


def of_person(kind: str, person: int) -> Volunteer | None:
    """That person as a volunteer of that kind; None where they cannot be asked."""
    return of_people(kind, [person]).get(person)


def of_people(kind: str, people: Iterable[int]) -> dict[int, Volunteer]:
    """The same of several people, by their keys; those who cannot be asked are left out. One query."""
    return _kinds[kind].of_people(people) if kind in _kinds else {}


def others(person: Person) -> list[Volunteer]:
    """A few volunteers of each kind whom that person may ask. A SPOC who is a champion too may stand there as both:
    left out once, their first name would be told by its absence."""
    found = [volunteer for kind in every() for volunteer in kind.others(person)]
    return [volunteer for volunteer in found if volunteer.person.pk != person.pk]
