"""That somebody wants their line manager told that they have stepped down. Without their tick there is no such row."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Farewell(models.Model):
    """Whom to tell of whom; read by these two alone (`sql/life.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    manager = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    told_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("manager")), name="farewell_is_told_to_somebody_else")
        ]

    def __str__(self):
        return str(self.pk)
