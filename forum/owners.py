"""Who owns something, as it is typed and read: somebody on the roster by name or staff number, or an office."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from wellbeing.people.models import Person
from wellbeing.people.sql import fold

LONGEST = 120


def owner_of(typed: str) -> tuple[Person | None, str]:
    """The person, or else the office. Raises ValidationError for a staff number that nobody has, where two people
    have that name, and for a first name alone."""
    typed = " ".join(typed.split())
    if typed and typed[-1].isdigit() and " " not in typed:
        person = Person.objects.listed().filter(staff_number=typed.upper()).first()
        if person is None:
            raise ValidationError("Nobody on the roster has this staff number.")
        return person, ""
    if " " not in typed and Person.objects.listed().filter(known_as__iexact=typed).exists():
        raise ValidationError("Is that a person? Type the whole name or the staff number.")
    found = _named(typed)
    if len(found) > 1:
        raise ValidationError("There are several people of that name: type the staff number instead.")
    return (found[0], "") if found else (None, typed)


def _named(typed: str) -> list[Person]:
    """The people whom a list may show who are called just that; two are enough to know."""
    parts = typed.split()
    splits = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    either = Q()
    for known_as, last in splits:
        either |= Q(known_as__iexact=known_as, last_name__iexact=last)
    if not splits:
        return []
    found = Person.objects.listed().filter(either)[:2]
    return [person for person in found if fold(person.name) == fold(typed)]


def name_of(owner: Person | None, office: str, *, gone: str = "") -> str:
    """How it is read, in a sentence or in the box it was typed into: never a staff number, and `gone` instead of the
    name of somebody who has left or stands in no list."""
    if owner is None:
        return office
    return owner.name if owner.is_active and not owner.hidden else gone
