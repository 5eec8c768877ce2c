"""What was changed, by whom, when: one row for each action on one thing."""

from django.db import models


class Change(models.Model):
    """Written by actions in the transaction of the change; never edited.

    `details` maps a field to `[before, after]`. Fields whose past must not be kept (names) stand as
    `null`: that they changed is known, from what is not.
    """

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=60, help_text="“changed”, “imported”, “stepped down”.")
    about_type = models.CharField(max_length=60, help_text="app.model, as Django names it.")
    about_id = models.CharField(max_length=36)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["about_type", "about_id", "-id"], name="change_about")]

    def __str__(self):
        return f"{self.verb} {self.about_type} {self.about_id}"
