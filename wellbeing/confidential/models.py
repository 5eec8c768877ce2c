"""Confidential texts, why somebody may open them, and who did.

The web reads these tables through row policies (`sql/policies.py`) and writes none of them but drafts:
records come in through `vault.seal`, links through `links`, lines of the read log through
`vault.open_record`, all of them functions of the database. Names of people stand nowhere here.
"""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Kind(models.TextChoices):
    """What a record is. Which link opens which kind stands in `policy.OPENS`."""

    ONE_TO_ONE = "one_to_one", "1-1"
    ADJUSTMENT = "adjustment", "Agreed adjustment"
    WISHES = "wishes", "How I like to be supported"
    CONTACT = "contact", "Contact while away"
    PLAN = "contact_plan", "Contact plan"
    TOLD = "may_be_told", "What colleagues may be told"
    RETURN = "return_plan", "Return plan"
    PASSPORT = "passport", "Adjustment passport"
    CAREER_REQUEST = "career_request", "What I look for in a mentor"
    CAREER_GOAL = "career_goal", "Goals and sessions with a career mentor"
    CAREER_NOTE = "career_note", "Career mentor's working note"
    CAREER_OWN = "career_own_note", "My own note on career mentoring"


class Why(models.TextChoices):
    """Why one person may see another's records."""

    LINE_MANAGER = "line_manager", "Line manager"
    ACTING_MANAGER = "acting_manager", "Acting line manager"
    WELFARE_MENTOR = "welfare_mentor", "Welfare mentor"
    CAREER_MENTOR = "career_mentor", "Career mentor"
    KEEPS_CONTACT = "keeps_contact", "Keeps contact"
    RETURN = "return_to_work", "Return-to-work meeting"
    PASSPORT = "passport", "Shared adjustment passport"
    ASKED_MENTOR = "asked_mentor", "Asked to be a mentor"
    DECIDES = "decides", "Decides an adjustment"
    BREAK_GLASS = "break_glass", "Opened in an emergency"


# Whoever keeps contact with somebody away: one at a time, and never none because of a slip (`mentoring`).
HOLDERS = ["keeps_contact", "welfare_mentor"]
# What somebody gives to a person of their own choice.
GIVEN = ["passport", "return_to_work", "asked_mentor"]


class Part(models.TextChoices):
    """What a sealed text is to its record: the text itself and its corrections, or what was said about it."""

    TEXT = "text", "Text"
    COMMENT = "comment", "Comment"
    REQUEST = "request", "Correction asked for"


class CareLinkQuerySet(models.QuerySet):
    def live(self):
        """Links in force now: approved, begun, not ended."""
        now = timezone.now()
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=now), approved_at__isnull=False, starts__lte=now)


class CareLink(models.Model):
    """Why `carer` may see what is about `subject`, from when until when.

    It opens the kinds of its `why`, as far as they were written since `opens_from`: the start, unless the
    subject handed earlier text over. The subject sees it from `told_from`, which is the start but where an
    emergency's telling was put off. With `only_record`, it opens that record and no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="care_links")
    carer = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="care_given")
    why = models.CharField(max_length=14, choices=Why)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    opens_from = models.DateTimeField()
    only_record = models.UUIDField(null=True)
    told_from = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    approved_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    approved_at = models.DateTimeField(null=True)

    objects = CareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="link_why_known"),
            models.CheckConstraint(condition=~Q(subject=F("carer")), name="link_not_to_oneself"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="link_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="link_needs_two_people"),
            models.CheckConstraint(
                condition=~Q(approved_by=F("carer")) & ~Q(approved_by=F("subject")),
                name="link_not_approved_by_its_ends",
            ),
            # The lead asks for their own emergency access, which the guardian approves; nobody else for themselves.
            models.CheckConstraint(
                condition=~Q(proposed_by=F("carer")) | Q(why=Why.BREAK_GLASS), name="link_not_proposed_for_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(why=Why.BREAK_GLASS) | Q(approved_by__isnull=False, ends__isnull=False),
                name="emergency_is_approved_and_ends",
            ),
            models.CheckConstraint(
                condition=~Q(why=Why.ACTING_MANAGER) | Q(ends__isnull=False), name="acting_manager_for_a_time"
            ),
            models.CheckConstraint(
                condition=Q(why=Why.DECIDES, only_record__isnull=False, ends__isnull=False)
                | ~Q(why=Why.DECIDES) & Q(only_record__isnull=True),
                name="link_decides_one_record_for_a_time",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(why=Why.LINE_MANAGER, ends__isnull=True),
                name="one_line_manager_link",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(why__in=HOLDERS, ends__isnull=True),
                name="one_person_keeps_contact",
            ),
            models.UniqueConstraint(
                fields=["subject", "carer", "why"],
                condition=Q(why__in=GIVEN, ends__isnull=True),
                name="link_given_once",
            ),
        ]
        indexes = [
            models.Index(fields=["carer", "subject"], name="link_by_carer"),
            models.Index(fields=["subject", "starts"], name="link_by_subject"),
        ]

    def __str__(self):
        return str(self.pk)


class Record(models.Model):
    """That there is a confidential text of a kind about somebody; what it says stands in `Body`, sealed.

    `follows_until`: an adjustment still owed follows the person to a new line manager until that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="confidential_records")
    author = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField()
    follows_until = models.DateField(null=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="record_kind_known")]
        indexes = [models.Index(fields=["subject", "kind", "-made_at"], name="record_by_subject")]

    def __str__(self):
        return str(self.pk)


class Version(models.Model):
    """That something was written in a record: the text, a correction, a comment. Number 1 is the first of its part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.DO_NOTHING, related_name="versions")
    part = models.CharField(max_length=10, choices=Part)
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="version_part_known"),
            models.UniqueConstraint(fields=["record", "part", "number"], name="version_once"),
        ]

    def __str__(self):
        return str(self.pk)


class NoDoor(models.Manager):
    """In place of a manager: texts are opened through `vault.open_record` alone."""

    def get_queryset(self):
        raise RuntimeError("Sealed texts have no manager: open them with wellbeing.confidential.vault.open_record.")


class Body(models.Model):
    """A version's text, sealed. The web may not even select from this table.

    `fingerprint` is keyed, so that the same text sent twice is known as one without being opened.
    """

    version = models.OneToOneField(Version, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    fingerprint = models.BinaryField()

    objects = NoDoor()

    class Meta:
        verbose_name_plural = "bodies"
        indexes = [models.Index(fields=["key_id"], name="body_by_key")]

    def __str__(self):
        return str(self.pk)


class Outcome(models.TextChoices):
    OPENED = "opened", "Opened"
    REFUSED = "refused", "Refused"
    CLOSED = "closed", "Closed again"


class ReadLog(models.Model):
    """Who opened, or tried to open, a record about whom, when and why: a chain for each person it is about.

    No foreign keys: a line outlives everything that it names. `number` counts the lines of one chain, and `hash`
    covers the line and the hash before it.
    """

    subject_id = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    reader_id = models.BigIntegerField()
    record_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=7, choices=Outcome)
    via = models.CharField(max_length=14, help_text="What allowed it: a link's `why`, “self”, or nothing.")
    why = models.CharField(max_length=80)
    told_from = models.DateTimeField()
    hash = models.BinaryField(max_length=32)
    xact = models.BigIntegerField(help_text="The transaction that wrote it: a text is handed out in a later one only.")

    class Meta:
        ordering = ["-at", "-number"]
        constraints = [models.UniqueConstraint(fields=["subject_id", "number"], name="read_log_line_once")]
        indexes = [models.Index(fields=["reader_id", "-at"], name="read_log_by_reader")]

    def __str__(self):
        return f"{self.outcome} {self.record_id}"


class LogHead(models.Model):
    """Where a chain of the read log stands: its last hash and length; `purged` lines were taken off its start."""

    subject_id = models.BigIntegerField(primary_key=True)
    count = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    purged = models.BigIntegerField(default=0)
    purged_hash = models.BinaryField(max_length=32)
    purged_on = models.DateField(null=True)

    def __str__(self):
        return str(self.pk)


class BreakGlass(models.Model):
    """The wellbeing lead asks to open somebody's records in an emergency; the guardian approves, or does not.

    The reason is sealed. Telling the person may be put off for one of three grounds, until a day, approved separately.
    """

    class Delay(models.TextChoices):
        NONE = "", "Tell them at once"
        LIFE = "life", "Telling them would put a life at risk"
        COURT = "court", "A court has ordered it"
        EXEMPTION = "exemption", "An exemption in law, named in the reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    asked_by = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    asked_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    delay = models.CharField(max_length=9, choices=Delay, blank=True)
    delay_until = models.DateField(null=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    answered_at = models.DateTimeField(null=True)
    delay_approved = models.BooleanField(default=False)
    link = models.OneToOneField(CareLink, null=True, on_delete=models.DO_NOTHING, related_name="+")
    told_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name_plural = "break glass"
        constraints = [
            models.CheckConstraint(condition=Q(delay__in=["", "life", "court", "exemption"]), name="delay_known"),
            models.CheckConstraint(
                condition=Q(delay="", delay_until__isnull=True) | (~Q(delay="") & Q(delay_until__isnull=False)),
                name="delay_has_ground_and_end",
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("asked_by")), name="break_glass_needs_two_people"),
            models.CheckConstraint(condition=~Q(asked_by=F("subject")), name="break_glass_not_into_oneself"),
        ]

    def __str__(self):
        return str(self.pk)


class Draft(models.Model):
    """What somebody has typed and not saved yet, sealed, for their own eyes: it outlives the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=80, help_text="Which form of which thing, as an opaque key.")
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "form"], name="draft_once")]
        indexes = [models.Index(fields=["key_id"], name="draft_by_key")]

    def __str__(self):
        return str(self.pk)


class Retention(models.Model):
    """How long what is confidential is kept; the data protection officer sets it in the admin."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    records_months = models.PositiveSmallIntegerField(
        "months that a record is kept",
        default=72,
        validators=[MinValueValidator(6)],
        help_text="From when something was last written in it. An adjustment still owed stays.",
    )
    read_log_months = models.PositiveSmallIntegerField(
        "months that the read log and care links are kept",
        default=84,
        validators=[MinValueValidator(12)],
        help_text="At least as long as the records.",
    )
    drafts_days = models.PositiveSmallIntegerField(
        "days that a draft is kept", default=30, validators=[MinValueValidator(1)]
    )
    reminders_days = models.PositiveSmallIntegerField(
        "days that a reminder and its mail are kept",
        default=90,
        validators=[MinValueValidator(1)],
        help_text="From when it is over. What still waits for its reader stays.",
    )
    forum_names_months = models.PositiveSmallIntegerField(
        "months that it is kept who raised something for the forum",
        default=12,
        validators=[MinValueValidator(1)],
        help_text="From the last decision about it; where there is none, from when it was raised.",
    )
    forum_invitations_months = models.PositiveSmallIntegerField(
        "months that it is kept who was invited to a meeting of the forum, and who came",
        default=24,
        validators=[MinValueValidator(1)],
        help_text="From the meeting. Its minutes stay, with the names that stand in them.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "how long confidential records are kept"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="only_one_retention"),
            models.CheckConstraint(condition=Q(records_months__gte=6, drafts_days__gte=1), name="kept_for_a_while"),
            models.CheckConstraint(condition=Q(reminders_days__gte=1), name="reminders_kept_for_a_day"),
            models.CheckConstraint(
                condition=Q(forum_names_months__gte=1, forum_invitations_months__gte=1), name="forum_kept_for_a_month"
            ),
            models.CheckConstraint(
                condition=Q(read_log_months__gte=12) & Q(read_log_months__gte=F("records_months")),
                name="log_outlives_records",
            ),
        ]

    def __str__(self):
        return "How long confidential records are kept"


class KeyCheck(models.Model):
    """A word sealed with each key that is in use: a key that does not open it is the wrong one."""

    key_id = models.CharField(primary_key=True, max_length=16)
    sealed = models.BinaryField()
    since = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.key_id
