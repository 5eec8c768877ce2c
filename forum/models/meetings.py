"""The forum's meetings, one by one and as series."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Planned"
    AGENDA_OPEN = "agenda_open", "Agenda open"
    HELD = "held", "Held"
    PUBLISHED = "published", "Outcomes published"
    CANCELLED = "cancelled", "Cancelled"


TO_COME = (MeetingState.PLANNED, MeetingState.AGENDA_OPEN)


class Rhythm(models.TextChoices):
    """How far apart the meetings of a series are. The months' keep their weekday: the second Tuesday, say."""

    FOUR_WEEKS = "4_weeks", "Every four weeks"
    SIX_WEEKS = "6_weeks", "Every six weeks"
    EIGHT_WEEKS = "8_weeks", "Every eight weeks"
    MONTH = "month", "Every month, on the same weekday"
    TWO_MONTHS = "2_months", "Every two months, on the same weekday"
    QUARTER = "quarter", "Every three months, on the same weekday"


class Series(models.Model):
    """Meetings that were planned together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rhythm = models.CharField(max_length=8, choices=Rhythm)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="forum_rhythm_known")]

    def __str__(self):
        return self.get_rhythm_display()


class MeetingQuerySet(models.QuerySet):
    def to_come(self):
        """Meetings that are neither held nor cancelled, the soonest first."""
        return self.filter(state__in=TO_COME).order_by("starts_at", "id")

    def published(self):
        """Meetings whose outcomes anybody signed in may read, the latest first."""
        return self.filter(state=MeetingState.PUBLISHED).order_by("-starts_at", "id")


class Meeting(models.Model):
    """One meeting. `sequence` grows with each change that calendars must hear of (RFC 5545); `edition`, with each
    change after publishing for which noticeboards are to be printed anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    title = models.CharField(max_length=80, default="Wellbeing forum")
    state = models.CharField(max_length=11, choices=MeetingState, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    link = models.URLField("link for those who join from elsewhere", blank=True)
    agenda_closes_on = models.DateField(null=True, blank=True)
    # Emptied by the database's own hand, as is who published: whoever undoes an import writes none (`sql/meetings.py`).
    chair = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_because = models.CharField("why it is cancelled", max_length=200, blank=True)
    publish_by = models.DateField("outcomes are promised by", null=True)  # since it was held
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    edition = models.PositiveSmallIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="forum_meeting_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="forum_meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="forum_meeting_is_somewhere"),
            models.CheckConstraint(
                condition=Q(state=MeetingState.PUBLISHED, published_at__isnull=False, edition__gte=1)
                | (~Q(state=MeetingState.PUBLISHED) & Q(published_at__isnull=True, edition=0)),
                name="forum_meeting_published_says_when",
            ),
            models.UniqueConstraint(
                fields=["starts_at"], condition=~Q(state=MeetingState.CANCELLED), name="forum_one_meeting_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.title}, {timezone.localtime(self.starts_at):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("forum:meeting", args=[self.pk])

    @property
    def day(self):
        return timezone.localdate(self.starts_at)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_to_come(self) -> bool:
        return self.state in TO_COME

    @property
    def is_published(self) -> bool:
        return self.state == MeetingState.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED
