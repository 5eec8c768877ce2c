"""What the forum decided, how it goes on, and what was put right after it was published."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forum.owners import name_of
from wellbeing.people.models import Division

from .agenda import Item
from .areas import Area
from .meetings import Meeting
from .seats import Strand

MOST = 80  # outcomes of one meeting: they stand in one form, and a form has at most a thousand boxes


class Status(models.TextChoices):
    OPEN = "open", "To do"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Will not be done"


TO_BE_NAMED = "to be named"
OVER = (Status.DONE, Status.STOPPED)


class OutcomeQuerySet(models.QuerySet):
    def published(self):
        """Outcomes that anybody signed in may read."""
        return self.filter(published_at__isnull=False)

    def going_on(self):
        """Published, and neither done nor stopped: carried from meeting to meeting."""
        return self.published().exclude(status__in=OVER)

    def overdue(self):
        """Going on although its day is over."""
        return self.going_on().filter(due__lt=timezone.localdate())

    def for_division(self, division: Division):
        """Those that concern everybody, or this division."""
        return self.filter(Q(division__isnull=True) | Q(division=division))


class Outcome(models.Model):
    """“You said, we did, next”. Its owner is somebody on the roster, or an office by its name. Until it is published
    it may lack what it needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes")
    position = models.PositiveSmallIntegerField(default=0)
    said = models.TextField("you said", max_length=500, blank=True)
    text = models.TextField("we did, or decided", max_length=500, blank=True)
    next = models.TextField("next", max_length=500, blank=True)
    # Emptied by the database's own hand, as is its division: whoever takes one away sees no draft (`sql/outcomes.py`).
    strand = models.ForeignKey(
        Strand, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="outcomes"
    )
    area = models.CharField("area of the framework", max_length=13, choices=Area, blank=True)
    division = models.ForeignKey(
        Division, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="outcomes"
    )
    owner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+")
    owner_office = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    over_on = models.DateField("done or stopped on", null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    # By which a look at what seemed personal is known to be of these words and no others.
    looked_at = models.CharField(max_length=64, blank=True)
    # A hash of the words that went through that check; the database publishes no others (`sql/outcomes.py`).
    checked = models.CharField(max_length=32, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="forum_outcome_status_known"),
            models.CheckConstraint(condition=Q(area__in=["", *Area.values]), name="forum_outcome_area_known"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(owner_office=""), name="forum_outcome_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (~Q(text="") & Q(due__isnull=False) & (Q(owner__isnull=False) | ~Q(owner_office=""))),
                name="forum_outcome_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, over_on__isnull=False) | (~Q(status__in=OVER) & Q(over_on__isnull=True)),
                name="forum_outcome_over_says_when",
            ),
        ]
        indexes = [models.Index(fields=["due"], name="forum_outcome_to_do", condition=~Q(status__in=OVER))]

    def __str__(self):
        return str(self.id)

    def get_absolute_url(self) -> str:
        return f"{reverse('forum:meeting', args=[self.meeting_id])}#outcome-{self.pk}"

    @property
    def words(self) -> tuple[str, ...]:
        """All that everybody would read of it."""
        return (self.said, self.text, self.next, self.owner_office)

    @property
    def called(self) -> str:
        """With which word its text begins: what is not done yet is not said to be."""
        return "We did:" if self.status == Status.DONE else "We decided:"

    @property
    def owned_by(self) -> str:
        """The owner's name as everybody reads it; nobody's where their name stands in no list (covert roles)."""
        return name_of(self.owner, self.owner_office, gone=TO_BE_NAMED)

    @property
    def stands(self) -> str:
        """How it stands, to go with a form: another by the time that is sent, and somebody changed it meanwhile."""
        return f"{self.status} {self.due}"

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_overdue(self) -> bool:
        return bool(self.due) and not self.is_over and self.due < timezone.localdate()


class Progress(models.Model):
    """One step in an outcome's life, at a meeting or between two; never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="progress")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=9, choices=Status)
    due = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    # Emptied by the database's own hand (`sql/outcomes.py`).
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "progress"
        constraints = [models.CheckConstraint(condition=Q(status__in=Status.values), name="forum_progress_known")]

    def __str__(self):
        return str(self.id)


class Correction(models.Model):
    """What was put right after publishing. `before` is what stood there, by column; empty where that was personal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="corrections")
    why = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    # Emptied by the database's own hand (`sql/outcomes.py`).
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self):
        return str(self.id)
