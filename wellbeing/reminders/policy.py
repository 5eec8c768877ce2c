"""A reminder is seen, and put away, by the person it is for; by nobody else, whatever their role."""

from .models import Reminder


def visible_to(person):
    return Reminder.objects.filter(person=person)
