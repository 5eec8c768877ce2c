"""What is taught, or put on: a course, an event."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from wellbeing.training.editions import edition


class Purpose(models.TextChoices):
    """What a course is for, which decides who may book a place."""

    COURSE = "course", "A course for anybody"
    CHAMPION = "champion", "Training to become a champion"  # places are offered from the waiting list
    REFRESHER = "refresher", "Refresher for champions"
    EVENT = "event", "An event, open to all"


class Course(models.Model):
    """One course or event, however often it is held."""

    title = models.CharField(max_length=100)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.COURSE)
    provider = models.CharField(max_length=100, blank=True, help_text="Who teaches it. It stands on the certificate.")
    summary = models.TextField("what it is about", max_length=600, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        "months for which it holds",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "It holds for a month at least.")],
        help_text="Empty: it need not be repeated.",
    )
    reading = models.ManyToManyField(
        "support.Guidance",
        blank=True,
        related_name="+",
        verbose_name="pages to read again",
        help_text="A short refresher between two trainings.",
    )
    is_offered = models.BooleanField("offered", default=True, help_text="Otherwise it is kept, and nobody can book it.")

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(Lower("title"), name="course_title_once"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="course_purpose_known"),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gte=1), name="course_holds_for_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.EVENT) | Q(valid_months__isnull=True), name="event_expires_never"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_event(self) -> bool:
        """Whether it is an event: no certificate, and who came is written nowhere."""
        return self.purpose == Purpose.EVENT

    @property
    def edition(self) -> str:
        """A mark of what an organiser may change of it: another one after each change."""
        kept = (self.title, self.purpose, self.provider, self.summary, self.valid_months, self.is_offered)
        return edition(*kept, *sorted(self.reading.values_list("pk", flat=True)))

    @property
    def purpose_is_settled(self) -> bool:
        """Whether what it is can no longer be changed: it has sessions, or some people must complete it."""
        return self.sessions.exists() or hasattr(self, "requirement")
