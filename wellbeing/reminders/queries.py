"""What waits for somebody."""

from dataclasses import dataclass

from . import kinds, policy
from .models import Reminder


@dataclass(frozen=True)
class Item:
    """One line of a person's list: the sentence, the page it leads to, and the reminder itself."""

    sentence: str
    address: str
    reminder: Reminder


def open_for(person):
    """The reminders that still stand for this person, the soonest first; nothing is asked until it is used."""
    return policy.visible_to(person).shown()


def items_for(person) -> list[Item]:
    """`open_for` in words; one query."""
    return [
        Item(kind.words(reminder.due), kind.address, reminder)
        for reminder in open_for(person)
        if (kind := kinds.named(reminder.kind))
    ]
