"""The address somebody signed in with until it was changed, kept until a word has been sent to it."""

from django.db import models


class OldAddress(models.Model):
    """One mail still to be sent. The row goes with it: earlier addresses, like earlier names, are kept nowhere."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "old addresses"
        ordering = ["changed_at", "id"]

    def __str__(self):
        return f"old address {self.pk}"
