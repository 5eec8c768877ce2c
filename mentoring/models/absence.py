"""Absences: dates, never a reason; how contact is kept meanwhile, and that it was.

Each audience has a table of its own, since row policies (`mentoring/sql/absences.py`) can close rows and not columns:
the dates of an absence are seen by the person, their line manager, HR and the coordinator; the plan and the contacts by
the person and whoever keeps contact; half pay by the person and HR. What was said or decided in words stands sealed in
the vault. Who keeps contact is a care link.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class AbsenceQuerySet(models.QuerySet):
    def running(self):
        """Absences whose person is not back yet, today."""
        return self.filter(Q(back_on__isnull=True) | Q(back_on__gt=timezone.localdate()))


class SaidBy(models.TextChoices):
    """Who said the dates that stand there."""

    PERSON = "person", "The person"
    MANAGER = "manager", "Their line manager"
    HR = "hr", "HR"


class Absence(models.Model):
    """That somebody is away for long, from which day, until when as far as is known. Sick, suspended or otherwise: no
    reason is stored. `back_on` is the first day back, once it is known for sure; `expected_back` while it is hoped for.

    The database notes who said these dates, and when somebody other than the person last changed them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="absences")
    first_day = models.DateField()
    expected_back = models.DateField(null=True)
    back_on = models.DateField(null=True)
    said_by = models.CharField(max_length=7, choices=SaidBy, editable=False)
    changed_on = models.DateField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(back_on__gt=F("first_day")) | Q(back_on__isnull=True), name="absence_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(expected_back__gt=F("first_day")) | Q(expected_back__isnull=True),
                name="absence_expected_to_end_later",
            ),
            models.UniqueConstraint(fields=["subject"], condition=Q(back_on__isnull=True), name="absence_once"),
        ]
        indexes = [models.Index(fields=["subject", "-first_day"], name="absence_by_subject")]

    def __str__(self):
        return str(self.pk)


class HalfPay(models.Model):
    """From which day somebody away is on half pay: told to them alone, beforehand. HR enters it."""

    absence = models.OneToOneField(Absence, primary_key=True, on_delete=models.DO_NOTHING, related_name="half_pay")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    starts = models.DateField()

    class Meta:
        verbose_name_plural = "half pay"

    def __str__(self):
        return str(self.pk)


class By(models.TextChoices):
    """Who keeps contact, as the person away has decided."""

    LINE_MANAGER = "line_manager", "My line manager"
    MENTOR = "mentor", "A welfare mentor"
    COLLEAGUE = "colleague", "Somebody else whom I name"


class Channel(models.TextChoices):
    PHONE = "phone", "Phone call"
    TEXT = "text", "Text message"
    MAIL = "mail", "E-mail"
    VIDEO = "video", "Video call"
    POST = "post", "Letter"
    MEETING = "meeting", "Meeting away from home"
    HOME = "home", "Home visit"


class ContactPlan(models.Model):
    """How contact is kept during one absence. Until the person has decided (`agreed_on` empty) it is a default.

    `next_contact` empty: no contact was tried yet. `first_contact_on`: when one was answered first.
    `unanswered` counts tries in a row that nobody answered.
    `paused_until` is the last day of a pause; `before_pause` the day agreed for the next contact, where it moved that.
    `plan_record` and `told_record` are the keys of its two texts in the vault: nobody guesses them beforehand.
    A home visit is never among `channels` but by the person's own wish.
    """

    absence = models.OneToOneField(Absence, primary_key=True, on_delete=models.DO_NOTHING, related_name="plan")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    kept_by = models.CharField(max_length=12, choices=By, default=By.LINE_MANAGER)
    channels = ArrayField(models.CharField(max_length=7, choices=Channel), default=list)
    every_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(1), MaxValueValidator(90)])
    agreed_on = models.DateField(null=True)
    next_contact = models.DateField(null=True)
    first_contact_on = models.DateField(null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateField(null=True)
    before_pause = models.DateField(null=True)
    first_paused_on = models.DateField(null=True)
    plan_record = models.UUIDField(db_default=RandomUUID(), editable=False)
    told_record = models.UUIDField(db_default=RandomUUID(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kept_by__in=By.values), name="plan_by_known"),
            models.CheckConstraint(condition=Q(every_days__range=(1, 90)), name="plan_days_in_a_quarter"),
            models.CheckConstraint(condition=Q(channels__contained_by=Channel.values), name="plan_channels_known"),
        ]

    def __str__(self):
        return str(self.pk)


class Contact(models.Model):
    """That contact was made, or tried. A short text about it stands in the vault under the same key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.ForeignKey(Absence, on_delete=models.DO_NOTHING, related_name="contacts")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_by = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    held_on = models.DateField()
    channel = models.CharField(max_length=7, choices=Channel)
    answered = models.BooleanField()
    has_text = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contact_channel_known"),
            models.CheckConstraint(condition=~Q(subject=F("made_by")), name="contact_with_somebody_else"),
        ]
        indexes = [models.Index(fields=["absence", "-held_on"], name="contact_by_absence")]

    def __str__(self):
        return str(self.pk)
