"""When and where a course is held, and how many places it has."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from wellbeing.training.editions import edition

from .course import Course


class SessionState(models.TextChoices):
    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


class SessionQuerySet(models.QuerySet):
    def coming(self):
        """Sessions that have not begun and are not cancelled."""
        return self.filter(state=SessionState.PLANNED, starts_at__gt=timezone.now())


class Session(models.Model):
    """One date of a course.

    `taken` is counted by the database itself (`sql/places.sql`), whoever writes a place: that it never passes the
    capacity is what keeps the last place from going twice. `sequence` grows with every change that a calendar must
    learn of (RFC 5545).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    station = models.ForeignKey("people.Station", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.CharField("room, or link", max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(
        "places", default=12, validators=[MinValueValidator(1, "There is one place at least.")]
    )
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    trainer = models.CharField(max_length=100, blank=True, help_text="Who leads it.")
    notes = models.TextField("what to know beforehand", max_length=600, blank=True)
    offers_from_list = models.BooleanField(
        default=False, editable=False, help_text="Whether free places go to the waiting list by themselves."
    )
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at"], name="session_by_start")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_a_place"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="training_no_place_too_many"),
        ]

    def __str__(self):
        return f"{self.course}, {timezone.localtime(self.starts_at):%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("training:session", args=[self.pk])

    @property
    def free(self) -> int:
        """How many places are left; none once it has begun or is cancelled."""
        return self.capacity - self.taken if self.is_coming else 0

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def is_coming(self) -> bool:
        """Whether it has yet to begin, and is not cancelled."""
        return not self.is_cancelled and self.starts_at > timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether it has ended; a cancelled one never is."""
        return not self.is_cancelled and self.ends_at <= timezone.now()

    @property
    def ends_another_day(self) -> bool:
        """Whether it goes on for more than a day."""
        return timezone.localdate(self.ends_at) != self.day

    @property
    def edition(self) -> str:
        """A mark of what an organiser may change of it: another one after each change."""
        kept = (self.station_id, self.room, self.starts_at.timestamp(), self.ends_at.timestamp())
        return edition(*kept, self.capacity, self.trainer, self.notes, self.state)

    @property
    def day(self):
        """The day on which it begins."""
        return timezone.localdate(self.starts_at)
