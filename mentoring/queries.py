"""Who is a mentor today."""

from wellbeing.people.models import Person

from .models import Mentor


def is_mentor(kind: str, person: Person) -> bool:
    """Whether `person` is a mentor of `kind` today."""
    return Mentor.objects.live().filter(person=person, kind=kind).exists()
