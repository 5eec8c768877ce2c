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
    """`open_for` in words, with what is urgent and then whatever must not be overlooked on top; one query."""
    known = [(kinds.named(one.kind), one) for one in open_for(person).select_related("subject")]
    known.sort(key=lambda pair: (not pair[0].urgent, not pair[0].stays))
    return [_item(kind, one) for kind, one in known]


def has_calendar(person) -> bool:
    return Feed.objects.filter(pk=person.pk).exists()


def _item(kind: kinds.Kind, one: Reminder) -> Item:
    return Item(kind.words(one), kind.address(one), one, is_late=kind.is_late(one), stays=kind.stays)
