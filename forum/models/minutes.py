"""Minutes of a meeting: for those who sit at the forum, in versions that stay, until they are approved."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .meetings import Meeting

MOST = 40_000  # characters


class MinutesState(models.TextChoices):
    DRAFT = "draft", "Being written"
    SHARED = "shared", "Draft, for comments"
    APPROVED = "approved", "Approved"


class Minutes(models.Model):
    """Read by those who sit at the forum once they are shared; by its secretary before (`sql/minutes.py`)."""

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.DRAFT)
    comment_until = models.DateField("comments until", null=True)
    approved_on = models.DateField(null=True)
    approved_at = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MinutesState.values), name="forum_minutes_state_known"),
            models.CheckConstraint(
                condition=Q(state=MinutesState.DRAFT) | Q(comment_until__isnull=False),
                name="forum_minutes_shared_until",
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.APPROVED) ^ Q(approved_on__isnull=True),
                name="forum_minutes_approved_on_a_day",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_shared(self) -> bool:
        return self.state == MinutesState.SHARED

    @property
    def is_approved(self) -> bool:
        return self.state == MinutesState.APPROVED

    @property
    def takes_comments(self) -> bool:
        return self.is_shared and self.comment_until >= timezone.localdate()


class MinutesVersion(models.Model):
    """One text of the minutes as it was saved; never changed. `shown`: to those who sit at the forum, not only to the
    secretary."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=MOST)
    shown = models.BooleanField(default=False)
    # Emptied by the database's own hand: whoever takes a person off the roster sees no minutes (`sql/minutes.py`).
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="forum_minutes_version_once")]

    def __str__(self):
        return str(self.id)


class MinutesComment(models.Model):
    """What somebody who sits at the forum says of the draft, and what the secretary did about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="comments")
    # Goes with its person by the database's own hand (`sql/minutes.py`).
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    text = models.TextField(max_length=600)
    made_at = models.DateTimeField(default=timezone.now)
    settled = models.CharField("what was done about it", max_length=300, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self):
        return str(self.id)
