"""What every page says about whose portal this is and what waits for the reader."""

from django.utils.functional import SimpleLazyObject

from wellbeing.people.models import Force
from wellbeing.reminders import queries as reminders


def portal(request):
    """The force, and how many reminders wait; each asked for only where a template shows it."""
    return {
        "force": SimpleLazyObject(Force.objects.first),
        "waiting_count": SimpleLazyObject(lambda: waiting_count(request)),
    }


def waiting_count(request) -> int:
    person = getattr(request, "user", None)
    return reminders.open_for(person).count() if person and person.is_authenticated else 0
