"""Who is a mentor today."""

from mentoring.models import Mentor
from wellbeing.people.models import Person


def is_mentor(kind: str, person: Person) -> bool:
    """Whether `person` is a mentor of `kind` today."""
    return Mentor.objects.live().filter(person=person, kind=kind).exists()
