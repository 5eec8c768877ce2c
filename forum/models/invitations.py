"""Who is invited to a meeting, what they answered, and who came; and the meeting's papers."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .meetings import Meeting


class As(models.TextChoices):
    REPRESENTATIVE = "representative", "Representative"
    DEPUTY = "deputy", "Deputy"
    CHAIR = "chair", "Chair"
    GUEST = "guest", "Guest"


class Answer(models.TextChoices):
    WAITING = "waiting", "No answer yet"
    COMING = "coming", "Comes"
    APOLOGIES = "apologies", "Sends apologies"


class InvitationQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Invitation(models.Model):
    """One person's invitation to one meeting. `came` is empty until somebody has written who was there.

    One that is withdrawn stays, so that calendars hear of it; whoever is invited again gets another, the next `turn`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    # Goes with its person by the database's own hand (`sql/meetings.py`).
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    invited_as = models.CharField(max_length=14, choices=As)
    invited_on = models.DateField(default=timezone.localdate)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)
    turn = models.PositiveSmallIntegerField(default=0)
    withdrawn_on = models.DateField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["invited_as", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(withdrawn_on__isnull=True), name="forum_invited_once"
            ),
            models.UniqueConstraint(fields=["meeting", "person", "turn"], name="forum_invited_in_turn"),
            models.CheckConstraint(condition=Q(invited_as__in=As.values), name="forum_invited_as_known"),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_at__isnull=True)
                | Q(answer__in=[Answer.COMING, Answer.APOLOGIES], answered_at__isnull=False),
                name="forum_answer_says_when",
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def turns(self) -> int:
        """How many changes this person's calendar hears of besides the meeting's own (`SEQUENCE`, RFC 5545)."""
        return 2 * self.turn + self.is_withdrawn


class Paper(models.Model):
    """Something to read before a meeting, in Markdown: for those who sit at the forum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=20_000)
    position = models.PositiveSmallIntegerField("place in the list", default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    # Emptied by the database's own hand: whoever takes a person off the roster sees no paper (`sql/meetings.py`).
    changed_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ["position", "title", "id"]

    def __str__(self):
        return self.title
