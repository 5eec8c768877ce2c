"""Posters: what a station's says, whether it hangs, and files of many that somebody has asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Size(models.TextChoices):
    A4 = "a4", "A4"
    A3 = "a3", "A3"


class How(models.TextChoices):
    """From where somebody said that a poster hangs."""

    MAIL = "mail", "from a mail"
    QR = "qr", "from the code on the poster"
    PAGE = "page", "in the portal"


class PostingQuerySet(models.QuerySet):
    def to_hang(self):
        """Posters of which nobody has said that they hang as they are now."""
        return self.filter(station__closed=False).exclude(fingerprint=F("says"))


class Posting(models.Model):
    """A station's poster: what it says, since when, and what of it was last said to hang there.

    Both are fingerprints of the words and numbers on it, never of the day it was printed (`queries/posters.py`).
    """

    station = models.OneToOneField("people.Station", primary_key=True, on_delete=models.CASCADE, related_name="posting")
    says = models.CharField(max_length=16)
    says_since = models.DateField(default=timezone.localdate)
    fingerprint = models.CharField("what was said to hang", max_length=16, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # Empty also where whoever stood before it said so with the code that is on it.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=4, choices=How, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["station__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fingerprint="", confirmed_at__isnull=True, how="")
                | (~Q(fingerprint="") & Q(confirmed_at__isnull=False, how__in=How.values)),
                name="posting_says_when_and_how",
            ),
        ]

    def __str__(self):
        return f"Poster of {self.station}"

    @property
    def hangs(self) -> bool:
        """Whether somebody has said that it hangs as it is now."""
        return self.fingerprint == self.says

    @property
    def is_out_of_date(self) -> bool:
        """Whether one hangs that says something else by now."""
        return bool(self.fingerprint) and not self.hangs


class RunState(models.TextChoices):
    WAITING = "waiting", "Being made"
    MADE = "made", "Ready"
    FAILED = "failed", "Could not be made"


class PosterRun(models.Model):
    """One file of many stations' posters, for whoever asked for it; kept for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    size = models.CharField(max_length=2, choices=Size, default=Size.A4)
    division = models.ForeignKey("people.Division", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=RunState, default=RunState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__in=Size.values), name="poster_run_size_known"),
            models.CheckConstraint(
                condition=Q(state=RunState.MADE, pdf__isnull=False, made_at__isnull=False)
                | Q(state__in=[RunState.WAITING, RunState.FAILED], pdf__isnull=True, made_at__isnull=True),
                name="poster_run_is_made_with_its_file",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="poster_run_waiting", condition=Q(state=RunState.WAITING)),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_waiting(self) -> bool:
        return self.state == RunState.WAITING

    @property
    def is_made(self) -> bool:
        return self.state == RunState.MADE
