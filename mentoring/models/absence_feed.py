"""HR's file of absences between being read and being confirmed: sealed, for a day at most."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT = timedelta(days=1)


class AbsenceFeedQuerySet(models.QuerySet):
    def kept(self):
        """Those whose day is not over."""
        return self.filter(made_at__gt=timezone.now() - KEPT)


class AbsenceFeed(models.Model):
    """The dates of one file, sealed: no copy of the file is kept, and no column but the four of dates is in it.

    Once it is confirmed (`applied_at`), what is left in it are the rows that were refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)
    key_id = models.CharField(max_length=32)
    sealed = models.BinaryField()

    objects = AbsenceFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.pk)
