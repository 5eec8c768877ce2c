"""What waits for somebody."""

from dataclasses import dataclass

from . import kinds, policy
from .models import Feed, Reminder


@dataclass(frozen=True)
class Item:
    """One line of a person's list: the sentence, the page it leads to, the reminder itself, and what may be done."""

    sentence: str
    address: str
    reminder: Reminder
    is_late: bool
    stays: bool


def open_for(person):
    """The reminders that stand for this person, the soonest first; nothing is asked until it is used."""
    return policy.shown_to(person).filter(kind__in=kinds.names())


def items_for(person) -> list[Item]:
    """`open_for` in words; one query."""
    reminders = open_for(person).select_related("subject")
    return [_item(kinds.named(one.kind), one) for one in reminders]


def has_calendar(person) -> bool:
    return Feed.objects.filter(pk=person.pk).exists()


def _item(kind: kinds.Kind, one: Reminder) -> Item:
    return Item(kind.words(one), kind.address(one), one, is_late=kind.is_late(one), stays=kind.stays)
