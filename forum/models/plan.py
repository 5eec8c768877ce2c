"""The action plan: who sponsors it, what the force has committed to, and how far that is."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forum.owners import name_of
from wellbeing.people.models import Division, Person

from .areas import Area
from .outcomes import Status

_NUMBER = {"max_digits": 9, "decimal_places": 1, "null": True, "blank": True}


class Origin(models.TextChoices):
    PLEDGE = "pledge", "From the Time to Change pledge"
    NEW = "new", "New since then"


class Word(models.TextChoices):
    """How a commitment stands, as whoever measures it says."""

    ON = "on", "On course"
    BEHIND = "behind", "Behind"
    DONE = "done", "Done"


class Closed(models.TextChoices):
    DONE = "done", "Done"
    STOPPED = "stopped", "Will not be done"


class Sponsor(models.Model):
    """A chief officer who answers for part of the plan, with what they say of it in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=80)
    words = models.TextField("what they say, in their own words", max_length=800)
    order = models.PositiveSmallIntegerField("place in the list", default=50)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["order", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["name"], name="forum_sponsor_name_once")]

    def __str__(self):
        return self.name


class CommitmentQuerySet(models.QuerySet):
    def published(self):
        """Commitments that anybody signed in may read."""
        return self.filter(published_at__isnull=False)

    def running(self):
        """Published, and not closed."""
        return self.published().filter(closed_on__isnull=True)


class Commitment(models.Model):
    """Something the force has committed to, for everybody or for one division; a draft until it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField("area of the framework", max_length=13, choices=Area)
    division = models.ForeignKey(Division, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments")
    origin = models.CharField("where it comes from", max_length=6, choices=Origin, default=Origin.NEW)
    text = models.TextField("commitment", max_length=300)
    unit = models.CharField("what the numbers count", max_length=40, blank=True)
    baseline = models.TextField("how it was", max_length=300, blank=True)
    baseline_value = models.DecimalField("number then", **_NUMBER)
    baseline_on = models.DateField("day of that number", null=True, blank=True)
    target = models.TextField("how it is to be", max_length=300, blank=True)
    target_value = models.DecimalField("number to reach", **_NUMBER)
    due = models.DateField("target date", null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_office = models.CharField(max_length=120, blank=True)
    ownerless_since = models.DateField("its owner has left on", null=True, blank=True)
    sponsor = models.ForeignKey(Sponsor, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments")
    evidence = models.TextField("what shows it", max_length=3000, blank=True)
    measure_months = models.PositiveSmallIntegerField(
        "months between measurements", default=3, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    measure_on = models.DateField("next measurement by", null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField("changed after publishing", null=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_as = models.CharField(max_length=7, choices=Closed, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(area__in=Area.values), name="forum_commitment_area_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="forum_commitment_origin_known"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(owner_office=""), name="forum_commitment_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (~Q(text="") & ~Q(target="") & Q(due__isnull=False) & Q(measure_on__isnull=False)),
                name="forum_commitment_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True) | Q(baseline_on__isnull=False) & ~Q(unit=""),
                name="forum_commitment_baseline_has_day_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(target_value__isnull=True) | ~Q(unit=""), name="forum_commitment_number_has_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_as="")
                | Q(closed_on__isnull=False, closed_as__in=Closed.values),
                name="forum_commitment_closed_says_how",
            ),
            models.CheckConstraint(condition=Q(measure_months__range=(1, 24)), name="forum_commitment_is_measured"),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("forum:commitment", args=[self.pk])

    @property
    def owned_by(self) -> str:
        """The owner's name as everybody reads it; nobody's where their name stands in no list, or they have left."""
        return name_of(self.owner, self.owner_office)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class Measurement(models.Model):
    """How a commitment stood on a day: a number where it has one, and always a word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="measurements")
    day = models.DateField(default=timezone.localdate)
    value = models.DecimalField("number", **_NUMBER)
    word = models.CharField("how it stands", max_length=6, choices=Word)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "day"], name="forum_one_measurement_a_day"),
            models.CheckConstraint(condition=Q(word__in=Word.values), name="forum_measurement_word_known"),
        ]

    def __str__(self):
        return str(self.id)


class Elsewhere(models.Model):
    """What another force's forum decided, out of the file that it shared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.CharField(max_length=100)
    month = models.DateField()  # its first day
    said = models.TextField(max_length=500, blank=True)
    text = models.TextField(max_length=500)
    next = models.TextField(max_length=500, blank=True)
    strand = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=13, choices=Area, blank=True)
    division = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=9, choices=Status)
    imported_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-month", "force", "text", "id"]
        verbose_name_plural = "decided elsewhere"
        constraints = [
            models.UniqueConstraint(fields=["force", "month", "text"], name="forum_elsewhere_once"),
            models.CheckConstraint(condition=Q(area__in=["", *Area.values]), name="forum_elsewhere_area_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="forum_elsewhere_status_known"),
        ]

    def __str__(self):
        return str(self.id)
