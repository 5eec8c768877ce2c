"""What the portal's first page asks of this app."""

from django.utils import timezone

from mentoring.models import Absence
from wellbeing.people.models import Person


def is_away_today(person: Person) -> bool:
    """Whether `person` is away today; one query."""
    return Absence.objects.running().filter(subject=person, first_day__lte=timezone.localdate()).exists()
