"""What is raised for the forum, and what becomes of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .meetings import Meeting
from .seats import Strand


class ItemState(models.TextChoices):
    RAISED = "raised", "Waits for the secretary"
    ON = "on", "On the agenda"
    MERGED = "merged", "Taken together with another"
    DEFERRED = "deferred", "Kept for a later meeting"
    DECLINED = "declined", "Not for the forum"
    DISCUSSED = "discussed", "Discussed"


WAITING = (ItemState.RAISED, ItemState.DEFERRED)


class Item(models.Model):
    """Something raised. Who raised it stands in a table of its own, or nowhere (`Raiser`): the row itself has no
    person, no time finer than the day, and a random key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    # Emptied by the database's own hand: whoever takes a division away sees no item (`sql/agenda.py`).
    strand = models.ForeignKey(
        Strand, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="items"
    )
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=9, choices=ItemState, default=ItemState.RAISED)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    answer = models.TextField(max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    raised_on = models.DateField(default=timezone.localdate)
    dealt_on = models.DateField(null=True)  # the day of the last decision about it
    reworded = models.BooleanField(default=False)  # by the secretary: its words are not all its raiser's
    # By which the secretary's look at what seemed personal is known to be of this text and no other.
    looked_at = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position", "raised_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="forum_item_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ItemState.MERGED) | Q(merged_into__isnull=False), name="forum_item_merged_into_one"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ItemState.ON, ItemState.DISCUSSED]) | Q(meeting__isnull=False),
                name="forum_item_is_on_an_agenda",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="forum_item_not_into_itself"),
        ]

    def __str__(self):
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("forum:item", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Whether the secretary has it still to decide about."""
        return self.state in WAITING


class Raiser(models.Model):
    """Who raised an item, where they gave their name: read by themselves and the secretary (`sql/agenda.py`)."""

    item = models.OneToOneField(
        Item, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="raiser"
    )
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    def __str__(self):
        return str(self.pk)
