"""Who must have completed what: a rule, and for each person whom it concerns how they stand.

Who must follows from the roster: line managers are those to whom somebody reports, supervisors those of a rank or grade
that the rule names.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from .course import Course


class Requirement(models.Model):
    """A course that line managers, or people of some ranks and grades, must have completed and keep up.

    `since` is when it came, or was last switched on again: HR sees places taken since then, and none before. The
    database writes it (`sql/requirements.sql`), whatever it is told.
    """

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="requirement")
    line_managers = models.BooleanField("whoever somebody reports to", default=True)
    ranks = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Ranks and grades as the roster writes them, whether or not anybody reports to them.",
    )
    within_days = models.PositiveSmallIntegerField(
        "days to do it in, for somebody new",
        default=90,
        validators=[MinValueValidator(1, "Leave a day at least.")],
    )
    is_in_force = models.BooleanField("in force", default=True)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(within_days__gte=1), name="requirement_leaves_a_day"),
            models.CheckConstraint(
                condition=Q(line_managers=True) | ~Q(ranks=[]), name="requirement_concerns_somebody"
            ),
        ]

    def __str__(self):
        return f"Who must hold {self.course}"


class Standing(models.TextChoices):
    """How somebody stands whom a requirement concerns: one of these, reckoned for the day on which it is asked."""

    DONE = "done", "Done"
    BOOKED = "booked", "Booked"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    EXPIRED = "expired", "Expired"


class RequiredQuerySet(models.QuerySet):
    def live(self):
        """Those whom a requirement concerns now."""
        return self.filter(ended_on__isnull=True)

    def with_standing(self):
        """Each with `standing`, as of today."""
        today = timezone.localdate()
        holds = Q(done_on__isnull=False) & (Q(due_on__isnull=True) | Q(due_on__gte=today))
        return self.annotate(
            standing=Case(
                When(holds, then=Value(Standing.DONE)),
                When(booked_on__isnull=False, then=Value(Standing.BOOKED)),
                When(done_on__isnull=False, then=Value(Standing.EXPIRED)),
                When(due_on__lt=today, then=Value(Standing.OVERDUE)),
                default=Value(Standing.DUE),
                output_field=models.CharField(),
            )
        )


class Required(models.Model):
    """That a requirement concerns somebody, since when, and how they stand. Kept in line by the database itself
    (`training_sync_required`), from the roster, completions and bookings: a copy, and never the evidence.

    `due_on` is the day by which it is to be done or done again; empty where it is done and holds without end. Once it
    concerns them no longer the row stays for 28 days: where a roster is undone, nobody begins anew.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="required")
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    since = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    booked_on = models.DateField(null=True, help_text="The day of the session in which they have a place.")
    ended_on = models.DateField(null=True, help_text="Since when it concerns them no longer.")

    objects = RequiredQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "required"
        constraints = [
            models.UniqueConstraint(fields=["requirement", "person"], name="required_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(done_on__isnull=False), name="required_until_done"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="required_by_person")]

    def __str__(self):
        return str(self.pk)
