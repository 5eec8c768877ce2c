"""Welfare mentors: how many people they can support, and what keeps them able to. Whom they support stands nowhere."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

MOST_PEOPLE = 6


class WelfareProfile(models.Model):
    """What a welfare mentor's term needs beside its dates.

    `capacity`, `paused`, `about_me` and `last_day` are the mentor's own to say; training and supervision the
    coordinator notes. `last_day` is the exit plan: nobody new in the four weeks before it, everybody handed over by it.
    """

    mentor = models.OneToOneField(
        "mentoring.Mentor", primary_key=True, on_delete=models.DO_NOTHING, related_name="welfare_profile"
    )
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    capacity = models.PositiveSmallIntegerField(
        "people at a time", default=2, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    paused = models.BooleanField(default=False)
    trained_on = models.DateField(null=True, blank=True)
    training_due = models.DateField(null=True, blank=True)
    supervision_due = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    about_me = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__range=(1, MOST_PEOPLE)), name="welfare_capacity_in_bounds"),
            models.CheckConstraint(
                condition=Q(training_due__isnull=True) | Q(trained_on__isnull=False), name="welfare_trained_before_due"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="welfare_by_person")]

    def __str__(self):
        return str(self.pk)


class Supervision(models.Model):
    """That a welfare mentor had supervision, on which day, with whom. What was said stands nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey("mentoring.Mentor", on_delete=models.DO_NOTHING, related_name="supervisions")
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    held_on = models.DateField(default=timezone.localdate)
    with_whom = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(person=models.F("with_whom")), name="supervision_by_somebody_else")
        ]

    def __str__(self):
        return str(self.pk)
