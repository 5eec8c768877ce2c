"""Which champion covers which station, and who leads there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .champion import Champion


class Ended(models.TextChoices):
    """Why somebody no longer covers a station. What the roster ended, an undo of the roster puts back."""

    CHANGED = "changed", "Coverage was changed"
    STEPPED_DOWN = "stepped_down", "Stepped down"
    MOVED = "moved", "Moved to another station"
    LEFT = "left", "Left the force"


class CoverageQuerySet(models.QuerySet):
    def live(self):
        """Coverage as it stands today."""
        return self.filter(ended_at__isnull=True)


class Coverage(models.Model):
    """One champion covers one station, for a time; at most one of a station's champions is its lead.

    A station other than the one where the champion works is covered by travelling.
    """

    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="coverage")
    station = models.ForeignKey("people.Station", on_delete=models.PROTECT, related_name="coverage")
    is_lead = models.BooleanField("station lead", default=False, help_text="The station's central contact.")
    lead_handed_on = models.DateField(null=True, editable=False)  # until they have said that they take it on
    since = models.DateField(default=timezone.localdate, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True, editable=False)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "coverage"
        ordering = ["station__name", "-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["champion", "station"], condition=Q(ended_at__isnull=True), name="coverage_once"
            ),
            models.UniqueConstraint(
                fields=["station"], condition=Q(ended_at__isnull=True, is_lead=True), name="one_lead_per_station"
            ),
            models.CheckConstraint(
                condition=Q(lead_handed_on__isnull=True) | Q(is_lead=True), name="coverage_hands_over_a_lead"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=Ended.values),
                name="coverage_ends_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.champion} covers {self.station}"
