"""Coming back to work: that a meeting was held, in which hours somebody begins again, and with which duty.

Each audience has a table of its own, since row policies (`mentoring/sql/returns.py`) can close rows and not columns:
that the meeting was held, the duty and the hours are seen by the person, their line manager, who plans the shifts, and
whoever holds the meeting; what else belongs to the plan, by the person and whoever holds it. What was said stands
sealed in the vault. With whom the meeting is held is a care link. When it is due is the return date of its absence and
stands nowhere else, so that it moves with it.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

LAST_WEEK = 26
LONGEST_WEEK = 60  # hours


class Duty(models.TextChoices):
    NONE = "none", "Usual duty"
    RECUPERATIVE = "recuperative", "Recuperative duty"
    ADJUSTED = "adjusted", "Adjusted duty"


class ReturnMeeting(models.Model):
    """The return-to-work meeting of one absence. `held_on` empty: still to come. `arranged_on`: when the person chose
    with whom. `duty` empty: not agreed yet. `counted_from`: the return date from which dates agreed were reckoned,
    which move when it does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField("mentoring.Absence", on_delete=models.DO_NOTHING, related_name="return_meeting")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    arranged_on = models.DateField(null=True)
    counted_from = models.DateField(null=True)
    held_on = models.DateField(null=True)
    duty = models.CharField(max_length=12, choices=Duty, default="", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.CheckConstraint(condition=Q(duty__in=["", *Duty.values]), name="return_duty_known")]
        indexes = [models.Index(fields=["subject"], name="return_by_subject")]

    def __str__(self):
        return str(self.pk)


class ReturnPlan(models.Model):
    """What belongs to a plan beside its words: which record holds them (`text`), by which care link somebody holds its
    meeting (`link`; None while nobody is chosen), whether a representative sits beside the person, whether whoever kept
    contact goes on for four more weeks, whether OH was suggested."""

    meeting = models.OneToOneField(ReturnMeeting, primary_key=True, on_delete=models.DO_NOTHING, related_name="plan")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    text = models.UUIDField(default=uuid.uuid4)
    link = models.UUIDField(null=True)
    representative = models.BooleanField(default=False)
    keeps_contact = models.BooleanField(default=False)
    oh_suggested = models.BooleanField(default=False)

    def __str__(self):
        return str(self.pk)


class PhasedWeek(models.Model):
    """The hours of one week of coming back. Week 1 begins with the Monday of the return date, or the next; `days`
    are weekdays, Monday is 1, and empty where they are not set."""

    meeting = models.ForeignKey(ReturnMeeting, on_delete=models.DO_NOTHING, related_name="weeks")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    number = models.PositiveSmallIntegerField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="phased_week_once"),
            models.CheckConstraint(condition=Q(number__range=(1, LAST_WEEK)), name="phased_week_in_half_a_year"),
            models.CheckConstraint(condition=Q(hours__range=(0, LONGEST_WEEK)), name="phased_hours_in_a_week"),
            models.CheckConstraint(condition=Q(days__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="phased_days_known"),
        ]

    def __str__(self):
        return str(self.pk)
