"""Who sits at the forum: the strands, and the terms of those who represent them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from wellbeing.people.models import Division, Person


class Sort(models.TextChoices):
    NETWORK = "network", "Part of the wellbeing network"
    DIVISION = "division", "Division"
    FORCE = "force", "Part of the force, such as HR"
    ASSOCIATION = "association", "Staff association or union"
    STAFF_NETWORK = "staff_network", "Staff network"


class StrandQuerySet(models.QuerySet):
    def seated(self):
        """The strands that have a seat today."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=timezone.localdate()))


class Strand(models.Model):
    """A part of the force with a seat at the forum. Every division has one by itself, under the division's name
    (`sql/seats.py`)."""

    name = models.CharField(max_length=80, blank=True)  # empty of a division's
    sort = models.CharField("what it is", max_length=13, choices=Sort)
    # Goes with its division by the database's own hand: whoever takes one away writes no strand (`sql/seats.py`).
    division = models.OneToOneField(
        Division, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="strand"
    )
    order = models.PositiveSmallIntegerField("place in the list", default=50)
    retired_on = models.DateField("has no seat from", null=True, blank=True)

    objects = StrandQuerySet.as_manager()

    class Meta:
        ordering = ["order", "division__name", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=~Q(name=""), name="forum_strand_name_once"),
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="forum_strand_sort_known"),
            models.CheckConstraint(
                condition=Q(sort=Sort.DIVISION, division__isnull=False, name="")
                | (~Q(sort=Sort.DIVISION) & Q(division__isnull=True) & ~Q(name="")),
                name="forum_strand_is_named_once",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """Its name on pages; a division's is the division's own."""
        return self.division.name if self.sort == Sort.DIVISION else self.name

    @property
    def is_seated(self) -> bool:
        return self.retired_on is None or self.retired_on > timezone.localdate()


class SeatQuerySet(models.QuerySet):
    def current(self):
        """Terms in which today falls, of people who are here and may be listed, at strands that have a seat."""
        return self.not_over().filter(starts_on__lte=timezone.localdate(), strand__in=Strand.objects.seated())

    def not_over(self):
        """Terms that run or are still to begin, of people who are here and may be listed."""
        return self.filter(ends_on__gte=timezone.localdate(), person__in=Person.objects.listed())


class Seat(models.Model):
    """The term in which somebody represents a strand, or is a deputy of whoever does; both days are its own.

    Whoever leaves sits no longer, whatever their term says: an undone leaving finds it as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Goes with its strand and with its person by the database's own hand (ON DELETE CASCADE in `sql/seats.py`).
    strand = models.ForeignKey(Strand, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    is_deputy = models.BooleanField("deputy", default=False)
    starts_on = models.DateField("first day", default=timezone.localdate)
    ends_on = models.DateField("last day")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["strand", "is_deputy", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="forum_term_ends_after_it_starts"),
            ExclusionConstraint(
                name="forum_one_representative_at_a_time",
                expressions=[
                    (Func(F("strand_id"), F("strand_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(is_deputy=False),
            ),
            ExclusionConstraint(
                name="forum_one_seat_of_a_strand_each",
                expressions=[
                    (Func(F("strand_id"), F("strand_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("person_id"), F("person_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def what(self) -> str:
        return "Deputy" if self.is_deputy else "Representative"

    @property
    def has_begun(self) -> bool:
        return self.starts_on <= timezone.localdate()
