"""The outbox: a row for each thing of which somebody is to be told once, and a row for each mail that tells them.

Row policies (`sql/`) show a reminder to the person it is for and to the worker, and a mail that could not be sent
to the technical admin, who does not see what it was about. They go with their person by the database's own hand
(`ON DELETE CASCADE`): whoever takes somebody off the roster sees none of these rows.
"""

import uuid
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.web.templatetags.components import day as in_words

from . import working_days

DEFAULT_HOUR = 8
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class State(models.TextChoices):
    OPEN = "open", "Waits for its reader"
    CLOSED = "closed", "Put away by its reader"
    LAPSED = "lapsed", "No longer due, or followed by a later one"


class Reminder(models.Model):
    """`about` is the key of the thing, opaque here; the kind knows what it means. `step`: days before `due`.

    `tell_from`: a digest from then on may tell of it. `told_at`: since when a mail does, or did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=36)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="reminders")
    subject = models.ForeignKey(Person, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    due = models.DateField()
    step = models.SmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    tell_from = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("Mail", null=True, on_delete=models.SET_NULL, related_name="reminders")
    closed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "due", "step"], name="told_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reminder_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False), name="closed_reminder_says_when"
            ),
            models.CheckConstraint(
                condition=Q(state=State.LAPSED) ^ Q(lapsed_at__isnull=True), name="lapsed_reminder_says_when"
            ),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(told_at__isnull=False), name="mailed_reminder_is_told"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due"], name="reminder_shown", condition=Q(state=State.OPEN)),
            models.Index(
                fields=["person"], name="reminder_to_tell", condition=Q(state=State.OPEN, told_at__isnull=True)
            ),
            models.Index(fields=["subject"], name="reminder_by_subject", condition=Q(subject__isnull=False)),
        ]

    def __str__(self):
        return str(self.id)


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    DROPPED = "dropped", "Nothing was left to tell"


class MailQuerySet(models.QuerySet):
    def claimable(self):
        """Mails that may be sent now, those that have waited longest first."""
        return self.filter(state=MailState.WAITING, next_attempt_at__lte=timezone.now()).order_by(
            "next_attempt_at", "id"
        )

    def left_behind(self, lease: timedelta):
        """Mails that a worker claimed longer ago than `lease` and never finished; or in a time still to come, by a
        clock that was wrong."""
        now = timezone.now()
        claimed = Q(claimed_at__lt=now - lease) | Q(claimed_at__gt=now + lease)
        return self.filter(claimed, state=MailState.CLAIMED)


class Mail(models.Model):
    """One mail to one person: the digest of a `day`, or, without a day, an urgent one. What of stands in the reminders.

    Its key is its Message-ID, so that a mail sent twice is known as one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    day = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField("what the mail server did", max_length=60, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "id"]
        verbose_name = "mail that could not be sent"
        verbose_name_plural = "mails that could not be sent"
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(day__isnull=False, state__in=(MailState.WAITING, MailState.CLAIMED)),
                name="one_digest_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=MailState.CLAIMED) | Q(claimed_at__isnull=False), name="claimed_mail_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False), name="sent_mail_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], name="mail_to_send", condition=Q(state=MailState.WAITING)),
            models.Index(
                fields=["next_attempt_at", "id"],
                name="urgent_mail_to_send",
                condition=Q(state=MailState.WAITING, day__isnull=True),
            ),
            models.Index(fields=["claimed_at"], name="mail_claimed", condition=Q(state=MailState.CLAIMED)),
        ]

    def __str__(self):
        return str(self.id)


class Pattern(models.Model):
    """Which days are worked, over and over: "1" for a day on, "0" for a day off, from `starts`.

    A row is a pattern, not a person: all who share a rota share the row. On a week that is the same each week, bank
    holidays are off (`bank_holidays_off`); a rota knows its own days.
    """

    days = models.CharField(max_length=28, validators=[RegexValidator("^[01]*1[01]*$")])
    starts = models.DateField()
    bank_holidays_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["days", "starts", "bank_holidays_off"], name="pattern_once"),
            models.CheckConstraint(condition=Q(days__regex="^[01]*1[01]*$"), name="pattern_has_a_day_on"),
        ]

    def __str__(self):
        return self.days

    @property
    def weekdays(self) -> list[int]:
        """Of a pattern that is the same each week, the days on; 0 is Monday."""
        return [day for day in range(len(self.days)) if self.days[day] == "1"]

    @property
    def in_words(self) -> str:
        if self.bank_holidays_off:
            return ", ".join(WEEKDAYS[day] for day in self.weekdays)
        on = self.days.count("1")
        return f"{on} on, {len(self.days) - on} off, counted from {in_words(self.run_began)}"

    @property
    def run_began(self) -> date:
        """Of a rota, the last first day on that is not in the future."""
        since = (timezone.localdate() - self.starts).days % len(self.days)
        return timezone.localdate() - timedelta(days=since)

    def works_on(self, day: date) -> bool:
        """Whether that is a working day of this pattern."""
        on = self.days[(day - self.starts).days % len(self.days)] == "1"
        return on and not (self.bank_holidays_off and working_days.is_bank_holiday(day))


class Preferences(models.Model):
    """How somebody wants to be told: one row, and the defaults until they set anything."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    by_mail = models.BooleanField(default=True)
    hour = models.PositiveSmallIntegerField(default=DEFAULT_HOUR, validators=[MaxValueValidator(23)])
    muted = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    paused = models.BooleanField(default=False)
    pattern = models.ForeignKey(Pattern, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hour__range=(0, 23)), name="digest_at_an_hour_of_the_day")]

    def __str__(self):
        return str(self.pk)

    def mails(self, *, kind: str, optional: bool) -> bool:
        """Whether a reminder of that kind is mailed to them now."""
        return not self.paused and (not optional or (self.by_mail and kind not in self.muted))


class Feed(models.Model):
    """That somebody has a calendar address. The address itself is nowhere: only what it hashes to."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.pk)


class Run(models.Model):
    """What the reminders' work came to on one day; how many in all, never of what or to whom."""

    class What(models.TextChoices):
        SWEEP = "sweep", "Finding what has fallen due (reminders made)"
        SEND = "send", "Sending mail (mails sent)"

    what = models.CharField(max_length=5, choices=What)
    day = models.DateField(default=timezone.localdate)
    times = models.PositiveIntegerField("runs", default=0)
    number = models.PositiveIntegerField("made or sent", default=0)
    last_at = models.DateTimeField("last", default=timezone.now)
    last_seconds = models.FloatField("seconds the last took", default=0)
    failures = models.PositiveIntegerField("failed runs", default=0)
    last_failure = models.CharField("what went wrong last", max_length=60, blank=True)

    class Meta:
        ordering = ["-day", "what"]
        verbose_name_plural = "what ran, when, how many"
        constraints = [
            models.UniqueConstraint(fields=["what", "day"], name="run_once_a_day"),
            models.CheckConstraint(condition=Q(failures__lte=F("times")), name="run_fails_no_oftener_than_it_runs"),
        ]

    def __str__(self):
        return f"{self.get_what_display()}, {self.day}"


def at_hour(day: date, hour: int) -> datetime:
    """That hour of that day where the force is. An hour that the clocks skip comes when they have; one that they
    repeat is the first of the two."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
