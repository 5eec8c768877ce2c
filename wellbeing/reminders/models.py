"""The outbox: a row for each thing of which somebody is to be told once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wellbeing.people.models import Person


class State(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    CLOSED = "closed", "Done"
    LAPSED = "lapsed", "No longer due, or followed by a later one"


SHOWN = (State.WAITING, State.CLAIMED, State.SENT, State.FAILED)


class ReminderQuerySet(models.QuerySet):
    def shown(self):
        """Reminders that still stand in the portal, whatever became of their mail."""
        return self.filter(state__in=SHOWN)

    def claimable(self, lease):
        """Rows whose mail may be sent now: waiting ones whose time has come, and those a worker
        claimed longer ago than `lease` and never finished. Nobody who has left or died is told."""
        now = timezone.now()
        return self.filter(
            Q(state=State.WAITING, next_attempt_at__lte=now) | Q(state=State.CLAIMED, claimed_at__lt=now - lease),
            person__in=Person.objects.current(),
        ).order_by("next_attempt_at", "id")


class Reminder(models.Model):
    """`about` is the key of the thing, opaque here; the kind knows what it means. `step`: days before `due`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=36)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    due = models.DateField()
    step = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "due", "step"], name="told_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reminder_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.CLAIMED) | Q(claimed_at__isnull=False), name="claimed_reminder_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="sent_reminder_says_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="reminder_to_send",
                condition=Q(state__in=(State.WAITING, State.CLAIMED)),
            ),
            models.Index(fields=["person", "due"], name="reminder_shown", condition=Q(state__in=SHOWN)),
        ]

    def __str__(self):
        return str(self.id)
