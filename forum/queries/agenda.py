"""What is raised: what waits for the secretary, what stands on an agenda, and what became of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from forum import personal
from forum.models import Item, ItemState, Meeting, MeetingState, Raiser
from forum.models.agenda import WAITING
from wellbeing.people.models import Person


@dataclass(frozen=True)
class Waiting:
    """An item that waits, what in it looks personal, and who raised it where they gave their name."""

    item: Item
    findings: list[personal.Finding]
    raised_by: str

    @property
    def fingerprint(self) -> str:
        return personal.fingerprint(self.findings, self.item.title, self.item.text)

    @property
    def is_looked_at(self) -> bool:
        """Whether nothing in it looks personal, or a look at just these words said that it may be read."""
        return not self.findings or self.item.looked_at == self.fingerprint


def waiting() -> list[Waiting]:
    """What the secretary has to decide about, what was raised first on top."""
    found = Item.objects.filter(state__in=WAITING).select_related("strand__division").order_by("raised_on", "pk")
    items = with_raisers(found)
    findings = personal.found_in_each([(item.title, item.text) for item in items])
    return [Waiting(item, found, item.named) for item, found in zip(items, findings, strict=True)]


def looked_through(item: Item) -> Waiting:
    """One item with what in it looks personal."""
    return Waiting(item, personal.found_in(item.title, item.text), raised_by(item))


def with_raisers(items: Iterable[Item]) -> list[Item]:
    """The items, each with `named`: the name of whoever raised it, "" where there is none; one query more."""
    found = list(items)
    names = {
        raiser.item_id: raiser.person.name
        for raiser in Raiser.objects.filter(item__in=[item.pk for item in found]).select_related("person")
        if not raiser.person.hidden
    }
    for item in found:
        item.named = names.get(item.pk, "")
    return found


def raised_by(item: Item) -> str:
    """The name of whoever raised it, as far as the database shows it to whoever asks."""
    if not hasattr(item, "named"):
        with_raisers([item])
    return item.named


def on_agenda(meeting: Meeting) -> QuerySet:
    """The items of this meeting in their order, as far as the database shows them to whoever asks."""
    shown = Item.objects.filter(meeting=meeting, state__in=[ItemState.ON, ItemState.DISCUSSED])
    return shown.select_related("strand__division").order_by("position", "raised_on", "pk")


def own(person: Person) -> QuerySet:
    """What `person` raised with their name, the latest first."""
    mine = Item.objects.filter(raiser__person=person).select_related("meeting", "merged_into", "strand__division")
    return mine.order_by("-raised_on", "pk")


def open_meetings() -> QuerySet:
    """Meetings to come on whose agenda something can still be put, the soonest first."""
    return Meeting.objects.to_come().filter(ends_at__gt=timezone.now())


def taken_for() -> Meeting | None:
    """The meeting for which what is raised today is taken: the next whose agenda has not closed."""
    takes = open_meetings().exclude(agenda_closes_on__lt=timezone.localdate())
    return takes.filter(state=MeetingState.AGENDA_OPEN).first() or takes.first()


def could_take_in(item: Item) -> QuerySet:
    """Other items with which this one can be taken together."""
    return Item.objects.filter(state__in=[*WAITING, ItemState.ON]).exclude(pk=item.pk).order_by("raised_on", "pk")
