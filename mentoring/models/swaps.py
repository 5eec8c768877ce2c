"""Asking for somebody else to keep contact: no reason, no text.

Read by the person and by whoever was told (a coordinator who is not in their line); written by the functions of
`mentoring/sql/swaps.sql` alone, which look at who asks.
"""

import uuid

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    ASKED = "asked", "Asked"
    OFFERED = "offered", "Offered"
    DONE = "done", "Chosen"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN = [State.ASKED, State.OFFERED]


class Swap(models.Model):
    """Somebody away asks for another person. `told` offers mentors; `again`: they have asked for others once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.ForeignKey("mentoring.Absence", on_delete=models.DO_NOTHING, related_name="swaps")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    told = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    again = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    chosen = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="swap_state_known"),
            models.CheckConstraint(condition=~Q(told=models.F("subject")), name="swap_told_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(state=State.DONE, chosen__isnull=False) | ~Q(state=State.DONE) & Q(chosen__isnull=True),
                name="swap_done_is_chosen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, over_at__isnull=True) | ~Q(state__in=OPEN) & Q(over_at__isnull=False),
                name="swap_over_has_a_time",
            ),
            models.UniqueConstraint(fields=["absence"], condition=Q(state__in=OPEN), name="one_swap_at_a_time"),
        ]
        indexes = [models.Index(fields=["told"], name="swap_by_told", condition=Q(state__in=OPEN))]

    def __str__(self):
        return str(self.pk)


class Offer(models.Model):
    """A welfare mentor offered in a swap. They learn of it only when they are picked; the others never."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    swap = models.ForeignKey(Swap, on_delete=models.DO_NOTHING, related_name="offers")
    mentor = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    turned_down = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["swap", "mentor"], name="offered_once")]

    def __str__(self):
        return str(self.pk)


class Cover(models.Model):
    """That somebody keeps contact in place of a mentor who handed back, stood down or left.

    `gently`: whoever kept contact before has died, and the person is told by somebody, not by the portal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField("mentoring.Absence", on_delete=models.DO_NOTHING, related_name="cover")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    carer = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    told = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    started_at = models.DateTimeField()
    gently = models.BooleanField(default=False)

    def __str__(self):
        return str(self.pk)
