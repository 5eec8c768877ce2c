"""Somebody's own address of the feed of what the forum publishes, for a feed reader, which cannot sign in."""

from django.db import models
from django.utils import timezone

from wellbeing.people.models import Person


class Feed(models.Model):
    """Its secret part is kept as a hash; each person sees and takes back their own row (`sql/outcomes.py`)."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.pk)
