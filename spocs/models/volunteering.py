"""Looking after volunteers: a SPOC's supervision, what somebody carries, topics that nobody is listed for."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# Tied, and taken along, by the database (`sql/volunteering.py`): whoever deletes a person sees no such row.
_BY_THE_DATABASE = {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}
SUPERVISED_AFTER = timedelta(weeks=12)  # since a SPOC was listed, or was supervised last, where no other day is noted


class Heavy(models.IntegerChoices):
    """How a conversation felt to the volunteer."""

    LIGHT = 1, "Light"
    SOME = 2, "It stayed with me for a while"
    HEAVY = 3, "Heavy: it stays with me"


class SpocSupervision(models.Model):
    """That a SPOC had supervision, with whom, and the next day. Seen by them and the coordinator alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    spoc = models.ForeignKey("spocs.Spoc", **(_BY_THE_DATABASE | {"related_name": "supervisions"}))
    held_on = models.DateField()
    next_on = models.DateField()
    with_whom = models.ForeignKey("people.Person", **_BY_THE_DATABASE)
    noted_by = models.ForeignKey("people.Person", **_BY_THE_DATABASE)

    class Meta:
        ordering = ["-held_on", "-next_on"]
        constraints = [
            models.UniqueConstraint(fields=["spoc", "held_on", "with_whom"], name="spoc_supervised_once_a_day"),
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="spoc_supervised_again_later"),
        ]

    def __str__(self):
        return str(self.pk)


class Conversation(models.Model):
    """That a volunteer had a conversation in a week, and how it felt: no name, no word, no day. Theirs alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", **_BY_THE_DATABASE)
    week = models.DateField(help_text="Its Monday.")
    heavy = models.PositiveSmallIntegerField(choices=Heavy)

    class Meta:
        ordering = ["-week", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="conversation_of_a_week"),
            models.CheckConstraint(condition=Q(heavy__in=Heavy.values), name="conversation_heavy_known"),
        ]

    def __str__(self):
        return str(self.pk)


class Lacked(models.Model):
    """Somebody wanted to talk about this and nobody was listed for it. Who told it stands nowhere, nor on which day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(help_text="Its first day.")
    topic = models.ForeignKey("support.Topic", null=True, **_BY_THE_DATABASE)
    words = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "topic that people lacked"
        verbose_name_plural = "topics that people lacked"
        ordering = ["-month", "words", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="lacked_in_a_month"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, words="") | Q(topic__isnull=True) & ~Q(words=""),
                name="lacked_topic_or_words",
            ),
        ]

    def __str__(self):
        return str(self.pk)


def week_of(day: date | None = None) -> date:
    """The Monday of the week of that day; of this one without any."""
    day = day or timezone.localdate()
    return day - timedelta(days=day.weekday())
