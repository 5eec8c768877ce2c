"""That champions are looked after themselves: supervision, on which day and with whom. What was said stands nowhere."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class SupervisionCheckIn(models.Model):
    """One check-in with a champion. Row policies (`sql/life.py`) show it to the champion and the coordinator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    champion = models.ForeignKey("champions.Champion", on_delete=models.DO_NOTHING, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    held_on = models.DateField()
    with_whom = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    noted_by = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-noted_at"]
        constraints = [
            models.UniqueConstraint(fields=["champion", "held_on", "with_whom"], name="supervised_once_a_day"),
            models.CheckConstraint(condition=~Q(person=F("with_whom")), name="checkin_with_somebody_else"),
            models.CheckConstraint(condition=~Q(person=F("noted_by")), name="checkin_noted_by_somebody_else"),
        ]

    def __str__(self):
        return str(self.pk)
