"""What the roster does to mentors, and to contact with those away: functions that wait on `wellbeing.people.hooks`."""

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from wellbeing.people.models import Person

from .actions import contacts, welfare
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


def contact_after_new_manager(moves, *, by, undoing: bool) -> None:
    """Where the line manager keeps contact with somebody away, it is the new one from now."""
    contacts.sync([move.person.pk for move in moves])


def contact_after_leaving(people, *, by, undoing: bool) -> None:
    """Nobody who has gone keeps contact with anybody; whoever is back may again, where they are line manager."""
    keys = {person.pk for person in people}
    contacts.sync(keys | set(Person.objects.filter(line_manager__in=keys).values_list("pk", flat=True)))


def close_gaps(items, *, by, undoing: bool) -> None:
    """Where somebody away chose somebody who has gone, another keeps contact from the same moment. Runs last: after
    links and terms have ended."""
    welfare.close_gaps()
