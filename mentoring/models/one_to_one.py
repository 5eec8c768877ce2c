"""1-1s: when they are due, that they were held, and what was agreed. What was said stands sealed in the vault.

Row policies (`mentoring/sql/`) show these rows to the person they are about and through a live care link,
as they show confidential records; who only acts for a line manager sees the schedule.
"""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

WEEKS = [MinValueValidator(1), MaxValueValidator(52)]


class Rules(models.Model):
    """What the force has decided about 1-1s, contact while away and mentors; HR changes it in the admin."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    every_weeks = models.PositiveSmallIntegerField("a 1-1 every … weeks", default=6, validators=WEEKS)
    contact_from_day = models.PositiveSmallIntegerField(
        "first contact from day …",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="Of an absence; its first day is day 1. Day 8 follows the 7 self-certified days (NICE QS202).",
    )
    contact_by_day = models.PositiveSmallIntegerField(
        "first contact not later than day …",
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="NICE QS202: within four weeks.",
    )
    contact_every_days = models.PositiveSmallIntegerField(
        "contact every … days",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text="Until the person away has decided otherwise.",
    )
    pause_days = models.PositiveSmallIntegerField(
        "a pause of contact lasts at most … days",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
        help_text="The person away can renew it.",
    )
    half_pay_days = models.PositiveSmallIntegerField(
        "somebody is told of half pay … days beforehand",
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    return_late_days = models.PositiveSmallIntegerField(
        "a return-to-work meeting is overdue after … working days",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    mentor_answer_days = models.PositiveSmallIntegerField(
        "a career mentor answers within … working days",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Without an answer by then, the request passes on to the next mentor.",
    )
    duty_welfare_phone = models.CharField(
        "number of the duty welfare officer",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[0-9+ ]{3,20}$", "Write the number with digits and spaces only.")],
        help_text="Shown to whoever keeps contact, where somebody away has not answered. "
        "Empty: they are told to ask the control room.",
    )
    supervision_weeks = models.PositiveSmallIntegerField(
        "supervision for welfare mentors every … weeks",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(26)],
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules of mentoring"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="only_one_mentoring_rules"),
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 52)), name="rules_weeks_in_a_year"),
            models.CheckConstraint(
                condition=Q(contact_from_day__range=(1, 28), contact_by_day__range=(F("contact_from_day"), 28)),
                name="rules_first_contact_in_four_weeks",
            ),
            models.CheckConstraint(
                condition=Q(
                    contact_every_days__range=(1, 90),
                    pause_days__range=(1, 14),
                    half_pay_days__range=(1, 90),
                    return_late_days__range=(1, 20),
                    mentor_answer_days__range=(1, 20),
                ),
                name="rules_days_in_bounds",
            ),
            models.CheckConstraint(condition=Q(supervision_weeks__range=(1, 26)), name="rules_supervision_in_bounds"),
        ]

    def __str__(self):
        return "Rules of mentoring"


class Schedule(models.Model):
    """When somebody's next 1-1 is due. It goes with the person, from one line manager to the next.

    `every_weeks` empty: as the force has it. While it rests (`rests_until`, the last day) nothing is due.
    """

    subject = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.DO_NOTHING, related_name="one_to_one_schedule"
    )
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True, validators=WEEKS)
    next_due = models.DateField(null=True, blank=True)
    rests_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True) | Q(every_weeks__range=(1, 52)), name="schedule_weeks_in_a_year"
            ),
            # A day at the end of the calendar would stop every page that counts on from it.
            models.CheckConstraint(
                condition=Q(next_due__lt=date(2200, 1, 1), rests_until__lt=date(2200, 1, 1)), name="schedule_has_an_end"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class How(models.TextChoices):
    QUICK = "quick", "Quick catch-up"
    FULL = "full", "1-1"


class OneToOne(models.Model):
    """That a 1-1 was held, when. Where something was written down, the record in the vault has the same key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="one_to_ones")
    manager = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    held_on = models.DateField()
    how = models.CharField(max_length=5, choices=How)
    has_text = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "1-1"
        ordering = ["-held_on", "-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=How.values), name="one_to_one_how_known"),
            models.CheckConstraint(condition=~Q(subject=F("manager")), name="one_to_one_with_somebody_else"),
        ]
        indexes = [models.Index(fields=["subject", "-held_on"], name="one_to_one_by_subject")]

    def __str__(self):
        return str(self.pk)


class Owner(models.TextChoices):
    PERSON = "person", "The person"
    MANAGER = "manager", "The line manager"


class Action(models.Model):
    """Something agreed in a 1-1, open until it is done. Its words stand in the record of that 1-1, under this key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.DO_NOTHING, related_name="actions")
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    owner = models.CharField(max_length=7, choices=Owner)
    due = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due", "made_at"]
        constraints = [models.CheckConstraint(condition=Q(owner__in=Owner.values), name="action_owner_known")]
        indexes = [models.Index(fields=["subject", "due"], name="action_open", condition=Q(done_on__isnull=True))]

    def __str__(self):
        return str(self.pk)


class Decision(models.TextChoices):
    ASKED = "asked", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"


class Adjustment(models.Model):
    """An adjustment agreed and still owed until a day (Equality Act 2010, s20). What it is stands in the record of the
    same key, which follows the person to a new line manager; why is written nowhere.

    One that is written in a return plan (`meeting`) names who decides it, since when they are asked, by when it is in
    place and when both look at it again. One agreed in a 1-1 has none of these.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    agreed_on = models.DateField(default=timezone.localdate)
    until = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True)
    meeting = models.ForeignKey(
        "mentoring.ReturnMeeting", null=True, on_delete=models.DO_NOTHING, related_name="adjustments"
    )
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.AGREED)
    decides = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    asked_on = models.DateField(null=True)
    implement_by = models.DateField(null=True)
    review_on = models.DateField(null=True)
    implemented_on = models.DateField(null=True)

    class Meta:
        ordering = ["until", "made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("agreed_on")), name="adjustment_ends_later"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="adjustment_decision_known"),
            models.CheckConstraint(
                condition=Q(decision=Decision.AGREED)
                | (Q(decides__isnull=False) | Q(decision=Decision.ASKED)) & Q(implemented_on__isnull=True),
                name="adjustment_waits_for_somebody",
            ),
            models.CheckConstraint(condition=~Q(decides=F("subject")), name="adjustment_decided_by_somebody_else"),
        ]
        indexes = [models.Index(fields=["subject", "until"], name="adjustment_by_subject")]

    def __str__(self):
        return str(self.pk)
