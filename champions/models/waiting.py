"""Who waits to become a champion."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .champion import Champion


class Answer(models.TextChoices):
    """What their line manager says."""

    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Not now"


class Waiting(models.Model):
    """That somebody is on the waiting list, and since when; gone for good once they are trained or leave the list.

    How far they are is `champion.state`, which follows from their places (`sql/waiting.sql`). `why` is read by them
    and the coordinator alone. `is_former`: they were a champion before, so their entry stays if they leave the list.
    """

    champion = models.OneToOneField(
        Champion, primary_key=True, on_delete=models.DO_NOTHING, related_name="waiting", editable=False
    )
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    is_former = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField(default=timezone.localdate, help_text="Since when their line manager is asked.")
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "waiting"
        ordering = ["joined_at", "champion"]
        indexes = [models.Index(fields=["person"], name="waiting_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=Answer.values, answered_by__isnull=False, answered_at__isnull=False),
                name="waiting_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("person")),
                name="nobody_agrees_for_themselves",
            ),
        ]

    def __str__(self):
        return str(self.pk)
