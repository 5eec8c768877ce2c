"""What somebody has completed, and for how long it holds: the ground of certificates and of who is due."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .course import Course
from .session import Session


class CompletionQuerySet(models.QuerySet):
    def holding(self):
        """Those that hold today."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate()))


class Completion(models.Model):
    """One person's completion of one course. `session` is empty where it was completed elsewhere.

    `provider` is who taught it then, as the certificate says. `valid_until` is the last day on which it holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    completed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    provider = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "completed_on"], name="completed_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("completed_on")),
                name="completion_holds_afterwards",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def holds(self) -> bool:
        """Whether it holds today."""
        return self.valid_until is None or self.valid_until >= timezone.localdate()
