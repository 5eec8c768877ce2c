"""What marks a database as the demonstration's own."""

from django.db import models


class Marker(models.Model):
    """One row, written into an empty database together with the invented people, and never later."""

    token = models.CharField(max_length=64)
    people = models.PositiveIntegerField(help_text="How many people were invented.")
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_marker")]

    def __str__(self):
        return f"demo data for {self.people} people"
