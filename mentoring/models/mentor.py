"""Who is a mentor, of which kind, from when until when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Kind(models.TextChoices):
    CAREER = "career", "Career mentor"
    WELFARE = "welfare", "Welfare mentor"


class MentorQuerySet(models.QuerySet):
    def live(self):
        """Mentors today: begun and not ended."""
        today = timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=today), starts__lte=today)


class Mentor(models.Model):
    """One person's term as a mentor of one kind. Whom they support stands nowhere in it."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="mentor_terms")
    kind = models.CharField(max_length=7, choices=Kind)
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True, help_text="First day without it. Empty: until further notice.")
    ended_by_leaving = models.BooleanField(default=False, editable=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="mentor_kind_known"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="mentor_ends_after_it_starts"),
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(ends__isnull=True), name="mentor_once"),
            models.CheckConstraint(
                condition=Q(ended_by_leaving=False) | Q(ends__isnull=False), name="mentor_left_has_an_end"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
