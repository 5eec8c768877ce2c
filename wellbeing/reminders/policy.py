"""A reminder is seen, and put away, by the person it is for; by nobody else, whatever their role."""

from django.db.models import Q

from wellbeing.people.models import Person

from . import kinds
from .models import Preferences, Reminder, State


def shown_to(person):
    """What stands on that person's list: nothing about anybody who has left or died."""
    about = Q(subject__isnull=True) | Q(subject__in=Person.objects.current())
    return Reminder.objects.filter(about, person=person, state=State.OPEN)


def may_be_put_away(person):
    """What that person may take off their list: all but what stays until it is done."""
    return shown_to(person).exclude(kind__in=kinds.names(stays=True))


def preferences_of(person) -> Preferences:
    """What that person has set, or the defaults; one query."""
    return Preferences.objects.select_related("pattern").filter(pk=person.pk).first() or Preferences(person=person)
