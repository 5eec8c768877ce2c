"""What the door to /my-plan/ knows of people: letters, their own way in, codes on their way, and words to be sent.

Row policies (`sql/`) show each row to its person alone. Everything goes with its person by the database's own hand, and
at once when they leave or die. Nothing here counts anywhere but at this door (docs/decisions/0018-door-to-my-plan.md).
"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wellbeing.people.models import Person

LETTER_DAYS = 28
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 3
PIN_TRIES = 5
LETTER_TRIES = 5


class LetterManager(models.Manager):
    """Without the hashes, which the web may not read: `door_letter_to_use` gives them to whom the letter is for."""

    def get_queryset(self):
        return super().get_queryset().defer("code_hash", "number_hash")


class Letter(models.Model):
    """A letter that HR printed. It lets nobody in until a second person has read its number out to whom it is for.

    `code_hash` is of the code on paper, `number_hash` of the number that was read out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    printed_by = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    number_hash = models.CharField(max_length=160, blank=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.DO_NOTHING, related_name="+")
    released_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = LetterManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(printed_by=F("person")), name="letter_not_for_oneself"),
            models.CheckConstraint(
                condition=~Q(released_by=F("person")) & ~Q(released_by=F("printed_by")), name="letter_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(released_by__isnull=False, released_at__isnull=False),
                name="letter_used_once_released",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at=None, voided_at=None), name="one_letter_at_a_time"
            ),
        ]

    def __str__(self):
        return str(self.id)


class Entry(models.Model):
    """Somebody's own way in: an address that they confirmed and a PIN. `stamp` changes, and every session with the
    old one ends."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    stamp = models.UUIDField(default=uuid.uuid4)
    mail = models.EmailField(blank=True)
    pin_hash = models.CharField(max_length=160, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self):
        return str(self.pk)

    @property
    def takes_codes(self) -> bool:
        """Whether a code by mail and the PIN let them in."""
        return bool(self.mail and self.pin_hash and self.locked_at is None)


class Passkey(models.Model):
    """A passkey for this door alone: at the portal's own sign-in nobody knows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=60)
    credential = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self):
        return str(self.id)


class MailCode(models.Model):
    """A code by mail, which follows from its key and is stored nowhere; with nobody's, nobody is told.

    `address` is a new one that it confirms, and empty for a code to come in with. `source` is the fingerprint of this
    person asked for from one place, so that a stranger elsewhere does not use up what its owner may ask for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.DO_NOTHING, related_name="+")
    address = models.EmailField(blank=True)
    source = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="mail_code_to_send", condition=Q(sent_at=None))]

    def __str__(self):
        return str(self.id)

    @property
    def is_over(self) -> bool:
        """Whether it was used, tried too often, or is ten minutes old."""
        return bool(self.used_at) or self.wrong >= CODE_TRIES or self.made_at < timezone.now() - CODE_LASTS


class Told(models.TextChoices):
    PRINTED = "printed", "A letter to come in with was printed"
    LETTER_USED = "letter_used", "A letter was used"
    LOCKED = "locked", "The PIN was locked"
    CHANGED = "changed", "The address, the PIN or a passkey was changed"


class Notice(models.Model):
    """A word to somebody about their way in, to one address, until it has been sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    address = models.EmailField()
    what = models.CharField(max_length=12, choices=Told)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]

    def __str__(self):
        return str(self.id)


class Try(models.Model):
    """A try at the door, by the fingerprint of where it came from: counted by the database, read by nobody."""

    source = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name_plural = "tries"
        indexes = [models.Index(fields=["source", "at"], name="try_by_source")]

    def __str__(self):
        return str(self.pk)
