"""Asking a volunteer to get in touch: a request is its two people's own, and gone after four weeks.

It is no record: nothing is written down of who reads it, no care link opens it, and no history keeps that it was there.
Row policies (`sql/`) show it to its two people alone. What is sealed is opened with a key of the week in which it was
asked, and that key goes once its week is 28 days over and no request of it is left: a copy kept elsewhere then opens
no longer.
"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wellbeing.people.models import Person

KEPT = timedelta(days=28)
REPORTS_KEPT, REPORTS_AT_MOST = timedelta(days=90), timedelta(days=730)  # after they are closed; and if never closed


class WeekKey(models.Model):
    """A random key of one week, itself sealed with a key of the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField(unique=True)  # its Monday
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        db_table = "contact_weekkey"

    def __str__(self):
        return str(self.pk)


class State(models.TextChoices):
    OPEN = "open", "Not answered yet"
    IN_TOUCH = "in_touch", "Has been in touch"
    CANNOT = "cannot", "Cannot just now"


class ContactRequest(models.Model):
    """`kind` and `volunteer` say whom `asker` asked, and as what: a SPOC is shown by the name they wish.

    Its key is made in the form, so that two clicks make one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    volunteer = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=20)
    week = models.ForeignKey(WeekKey, on_delete=models.DO_NOTHING, related_name="+")
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "contact_request"
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "volunteer", "kind"], condition=Q(state=State.OPEN), name="one_open_request_of_a_pair"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contact_state_known"),
            models.CheckConstraint(condition=~Q(asker=F("volunteer")), name="contact_asked_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN) ^ Q(answered_at__isnull=False), name="contact_answered_says_when"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("asked_at") + KEPT), name="contact_goes_after_four_weeks"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="contact_expires")]

    def __str__(self):
        return str(self.pk)


class ContactBlock(models.Model):
    """`by` does not ask `person` as that kind any more, and `person` does not ask `by` at all. Only `by` sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    # As what `by` knew them: a SPOC's other names are not told by a block. Empty for somebody who asked.
    kind = models.CharField(max_length=20, blank=True)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        db_table = "contact_block"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["by", "person", "kind"], name="contact_block_once"),
            models.CheckConstraint(condition=~Q(by=F("person")), name="contact_block_of_somebody_else"),
        ]

    def __str__(self):
        return str(self.pk)


class Handler(models.TextChoices):
    LEAD = "lead", "The wellbeing lead"
    GUARDIAN = "guardian", "The guardian"
    DPO = "dpo", "The data protection officer"


class ContactReport(models.Model):
    """What one of the two reported, with a copy of the request, sealed with a key of the vault.

    `handled_by` is the role that reads it: never one that either of the two holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    reported = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    by_volunteer = models.BooleanField()  # whether the volunteer reports the asker, or the other way round
    handled_by = models.CharField(max_length=8, choices=Handler)
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        db_table = "contact_report"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(handled_by__in=Handler.values), name="contact_report_handler_known"),
            models.CheckConstraint(condition=~Q(reporter=F("reported")), name="contact_report_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ Q(closed_by__isnull=False), name="contact_report_closed_by"
            ),
        ]

    def __str__(self):
        return str(self.pk)
