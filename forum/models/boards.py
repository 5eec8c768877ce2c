"""What hangs where of what the forum decided, who was asked to hang it up and to tell their strand, and the addresses
of screens."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wellbeing.people.models import Division, Person, Station

from .meetings import Meeting
from .seats import Seat, Strand


class How(models.TextChoices):
    """From where somebody said that it hangs."""

    MAIL = "mail", "from a mail"
    QR = "qr", "from the code on the paper"
    PAGE = "page", "in the portal"


def _latest():
    """The latest published meeting, as a subquery: only its outcomes are asked for."""
    return Meeting.objects.published().values("pk")[:1]


class PostingQuerySet(models.QuerySet):
    def current(self):
        """Of the latest published meeting as it stands now, at stations that are open."""
        return self.filter(meeting=models.Subquery(_latest()), edition=F("meeting__edition"), station__closed=False)

    def to_post(self):
        """Those of which nobody has said yet that they hang."""
        return self.current().filter(posted_at__isnull=True)


class Posting(models.Model):
    """One edition of a meeting's outcomes at one station."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="postings")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveSmallIntegerField()
    due = models.DateField()
    posted_at = models.DateTimeField(null=True)
    # Empty also where whoever stood before it said so with the code that is on it.
    posted_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=4, choices=How, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["station__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "station", "edition"], name="forum_posting_once"),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, how="") | Q(posted_at__isnull=False, how__in=How.values),
                name="forum_posting_says_how",
            ),
        ]

    def __str__(self):
        return f"Outcomes at {self.station}"

    @property
    def is_late(self) -> bool:
        return self.posted_at is None and self.due < timezone.localdate()


class KeeperQuerySet(models.QuerySet):
    def to_ask(self):
        """Those who are still asked whether it hangs."""
        return self.filter(posting__in=Posting.objects.to_post())


class Keeper(models.Model):
    """Somebody who is asked to hang it up: a row for each, so that each is reminded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="keepers")
    # Goes with its person by the database's own hand (ON DELETE CASCADE in `sql/boards.py`).
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    objects = KeeperQuerySet.as_manager()

    class Meta:
        ordering = ["posting", "id"]
        constraints = [models.UniqueConstraint(fields=["posting", "person"], name="forum_keeper_once")]

    def __str__(self):
        return str(self.id)


class RelayQuerySet(models.QuerySet):
    def current(self):
        """Of the latest published meeting, of strands that have a seat."""
        return self.filter(meeting=models.Subquery(_latest()), strand__in=Strand.objects.seated())

    def to_tell(self):
        """Strands that nobody has told yet, each with whoever is `asked`: its representative, or, where it has none,
        the deputy who has been so the longest."""
        sits = Seat.objects.current().filter(strand=models.OuterRef("strand")).order_by("is_deputy", "starts_on", "id")
        asked = models.Subquery(sits.values("person_id")[:1])
        return self.current().filter(relayed_at__isnull=True).annotate(asked=asked).filter(asked__isnull=False)


class Relay(models.Model):
    """That a strand is told what a meeting decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="relays")
    # Goes with its strand by the database's own hand (`sql/boards.py`).
    strand = models.ForeignKey(Strand, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    due = models.DateField()
    relayed_at = models.DateTimeField(null=True)
    relayed_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RelayQuerySet.as_manager()

    class Meta:
        ordering = ["strand", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "strand"], name="forum_relay_once")]

    def __str__(self):
        return f"Outcomes told to {self.strand}"

    @property
    def is_late(self) -> bool:
        return self.relayed_at is None and self.due < timezone.localdate()


class Screen(models.Model):
    """A screen on a wall, which nobody signs in at: its address is the key, and only the hash of that is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="+")
    place = models.CharField("where it hangs", max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["division__name", "place", "id"]

    def __str__(self):
        return f"{self.place}, {self.division}"
