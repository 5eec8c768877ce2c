"""What the roster does to mentors: the functions that wait on `wellbeing.people.hooks`."""

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from .models import Mentor


def on_leaving(people, *, by, undoing: bool) -> None:
    """Whoever leaves is no mentor from today."""
    running = Mentor.objects.filter(person__in=people, ends__isnull=True)
    running.update(ends=Greatest(F("starts"), timezone.localdate()), ended_by_leaving=True)


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving restores the term; somebody who truly comes back is asked anew."""
    ended = Mentor.objects.filter(person__in=people, ended_by_leaving=True)
    if undoing:
        ended.update(ends=None, ended_by_leaving=False)
    else:
        ended.update(ended_by_leaving=False)
