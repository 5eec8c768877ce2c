"""What is raised, and what becomes of it.

An item raised without a name is tied to nobody: nothing here writes who did it, neither a row nor the history.
"""

import hashlib
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from forum import reminders
from forum.models import Item, ItemState, Meeting, Raiser, Strand
from forum.models.agenda import WAITING
from forum.queries.agenda import looked_through
from wellbeing.people import history
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh


@transaction.atomic
def raise_item(*, key: UUID, title: str, text: str, strand: Strand | None, named: bool, by: Person) -> None:
    """Somebody raises something. With their name, the secretary and they themselves read whose it is; without, nothing
    says so. Sent twice with one key it is one item; sent anew with other words, or without the name, it is as it was
    sent last.

    The item's key is made of the form's, so that a page left in a browser does not lead to it.
    """
    item = Item(pk=_key_of(_proof(key)), title=title, text=text, strand=strand)
    Item.objects.filter(pk=item.pk, state=ItemState.RAISED, raiser__person=by).delete()
    Item.objects.bulk_create([item], ignore_conflicts=True)
    if named:
        with connection.cursor() as cursor:
            cursor.execute("select forum_give_name(%s)", [_proof(key)])
    elif Raiser.objects.filter(item=item.pk, person=by).delete()[0]:
        refresh(reminders.ANSWERED, item.pk)


@transaction.atomic
def take_back(*, item: Item, by: Person) -> None:
    """Whoever raised it takes it back, and it is deleted. Raises ValidationError once it was decided about."""
    if not Item.objects.filter(pk=item.pk, state=ItemState.RAISED, raiser__person=by).delete()[0]:
        raise ValidationError("The secretary has decided about it meanwhile: it cannot be taken back any more.")


@transaction.atomic
def accept(*, item: Item, meeting: Meeting, looked: str = "", answer: str = "", by: Person) -> None:
    """Put it on the agenda of a meeting to come, last; an answer given before is gone, since others read it there.
    `looked`: the fingerprint of what in it seemed personal, as the secretary saw it. Raises ValidationError where it
    seems so and nobody has looked at these very words."""
    item = _locked(item, *WAITING, ItemState.ON)
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if not meeting.is_to_come:
        raise ValidationError({"meeting": "That meeting was held or cancelled meanwhile."})
    item.looked_at = looked
    _refuse_unseen(item)
    last = meeting.items.filter(state=ItemState.ON).aggregate(last=Max("position"))["last"] or 0
    _decide(item, ItemState.ON, "put on an agenda", by=by, meeting=meeting, position=last + 1, answer=answer)


@transaction.atomic
def merge(*, item: Item, into: Item, answer: str = "", by: Person) -> None:
    """Take it together with another, which stands for both; what was taken together with it goes along."""
    first, second = sorted((item.pk, into.pk))
    list(Item.objects.select_for_update(of=["self"]).filter(pk__in=[first, second]).order_by("pk"))
    item, into = _locked(item, *WAITING, ItemState.ON), _locked(into, *WAITING, ItemState.ON)
    if item.pk == into.pk:
        raise ValidationError({"into": "Choose another item."})
    Item.objects.filter(merged_into=item).update(merged_into=into)
    _decide(item, ItemState.MERGED, "taken together with another", by=by, meeting=None, merged_into=into, answer=answer)


@transaction.atomic
def defer(*, item: Item, answer: str = "", by: Person) -> None:
    """Keep it for a later meeting."""
    item = _locked(item, *WAITING, ItemState.ON)
    _decide(item, ItemState.DEFERRED, "kept for a later meeting", by=by, meeting=None, answer=answer)


@transaction.atomic
def decline(*, item: Item, answer: str, by: Person) -> None:
    """It is not for the forum. Whoever raised it with their name gets an answer: raises ValidationError without one."""
    item = _locked(item, *WAITING, ItemState.ON)
    if not answer and Raiser.objects.filter(item=item).exists():
        raise ValidationError({"answer": "Whoever raised it gave their name: give them an answer."})
    _decide(item, ItemState.DECLINED, "declined", by=by, meeting=None, answer=answer)


@transaction.atomic
def reword(*, item: Item, title: str, text: str, by: Person) -> None:
    """The secretary changes the words, to take a name out, say; whoever raised it sees that they are changed."""
    item = _locked(item, *WAITING, ItemState.ON)
    item.title, item.text, item.reworded = title, text, True
    if item.state == ItemState.ON:
        _refuse_unseen(item)
    item.save(update_fields=["title", "text", "reworded"])
    history.record(by=by, verb="reworded", about=item)


@transaction.atomic
def move(*, item: Item, up: bool, by: Person) -> None:
    """One place up or down on its agenda."""
    items = list(
        Item.objects.filter(meeting=item.meeting_id, state=ItemState.ON).order_by("position", "raised_on", "pk")
    )
    at = next((number for number, one in enumerate(items) if one.pk == item.pk), None)
    if at is None:
        raise ValidationError("It stands on no agenda any more.")
    other = at - 1 if up else at + 1
    if 0 <= other < len(items):
        items[at], items[other] = items[other], items[at]
    for position, one in enumerate(items, 1):
        Item.objects.filter(pk=one.pk).exclude(position=position).update(position=position)


def on_held(*, meeting: Meeting) -> None:
    """The meeting was held: what was on its agenda was discussed. In the transaction of the holding."""
    on = Item.objects.filter(meeting=meeting, state=ItemState.ON)
    keys = list(on.values_list("pk", flat=True))
    Item.objects.filter(pk__in=keys).update(state=ItemState.DISCUSSED, dealt_on=timezone.localdate())
    refresh(reminders.ANSWERED, *keys)


def on_cancelled(*, meeting: Meeting) -> None:
    """The meeting is cancelled: what was raised for it waits for the next one. In the transaction of the cancelling."""
    Item.objects.filter(meeting=meeting, state=ItemState.ON).update(state=ItemState.DEFERRED, meeting=None)


@transaction.atomic
def purge_names(before, *, dry_run: bool = False) -> int:
    """Forget who raised what was decided about last before then, or raised before then and never decided about, as the
    worker; returns how many."""
    last = Coalesce("item__dealt_on", "item__raised_on")
    old = Raiser.objects.annotate(last=last).filter(last__lt=before, person__legal_hold=False)
    return old.count() if dry_run else old.delete()[0]


def _proof(key: UUID) -> bytes:
    """What nobody has but whoever has the form: an item's key is made of it (`forum_give_name` makes it as well)."""
    return hashlib.sha256(f"forum.item:{settings.SECRET_KEY}:{key}".encode()).digest()


def _key_of(proof: bytes) -> UUID:
    return UUID(bytes=hashlib.sha256(proof).digest()[:16])


def _locked(item: Item, *states: str) -> Item:
    """The item as it stands now, locked; raises ValidationError where it is in none of these states any more."""
    item = Item.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if item.state not in states:
        raise ValidationError(f"It was decided about meanwhile: {item.get_state_display().lower()}.")
    return item


def _refuse_unseen(item: Item) -> None:
    seen = looked_through(item)
    if not seen.is_looked_at:
        words = ", ".join(f"“{one.words}”" for one in seen.findings)
        raise ValidationError({"looked": f"It looks like a personal matter ({words}): say that you have looked."})


def _decide(item: Item, state: str, verb: str, *, by: Person, **values) -> None:
    values |= {"state": state, "dealt_on": timezone.localdate()}
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=[*values, "looked_at"])
    history.record(by=by, verb=verb, about=item)
    refresh(reminders.ANSWERED, item.pk)
    refresh(reminders.RAISED, item.pk)
