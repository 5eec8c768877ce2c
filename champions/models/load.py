"""What a champion counts of their conversations, if they like: a band for each month, and where they pointed people.

No names, no words, no day: nothing in these rows is finer than the month, not even when they were written.
"""

import uuid

from django.db import models
from django.db.models import Q

# Tied, and taken along, by the database (`sql/load.py`): whoever deletes a person or a service sees no such row.
_BY_THE_DATABASE = {"on_delete": models.DO_NOTHING, "db_constraint": False}


class Band(models.TextChoices):
    """How many conversations in a month."""

    NONE = "none", "None"
    FEW = "1-2", "1 or 2"
    SOME = "3-5", "3 to 5"
    MANY = "6-10", "6 to 10"
    MORE = "more", "More than 10"


class Tally(models.Model):
    """One champion's month. Seen by themselves and, for three months, by the coordinator; written by them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", related_name="+", **_BY_THE_DATABASE)
    month = models.DateField(help_text="Its first day.")
    conversations = models.CharField(max_length=4, choices=Band)

    class Meta:
        verbose_name_plural = "tallies"
        ordering = ["-month", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="tally_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="tally_of_a_month"),
            models.CheckConstraint(condition=Q(conversations__in=Band.values), name="tally_band_known"),
        ]

    def __str__(self):
        return str(self.pk)


class TallySignpost(models.Model):
    """A service to which the champion pointed somebody in that month; read by the champion alone."""

    tally = models.ForeignKey(Tally, related_name="signposts", **_BY_THE_DATABASE)
    service = models.ForeignKey("support.Service", related_name="+", **_BY_THE_DATABASE)

    class Meta:
        ordering = ["tally", "service"]
        constraints = [models.UniqueConstraint(fields=["tally", "service"], name="tally_signpost_once")]

    def __str__(self):
        return str(self.pk)
