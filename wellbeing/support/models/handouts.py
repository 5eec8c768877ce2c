"""Slides and handouts: PDF files that belong to a page of guidance."""

import uuid

from django.db import models

from .guidance import Guidance


class Handout(models.Model):
    """One file to download, as a list shows it; its content is a row of its own, which no list reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="handouts")
    title = models.CharField(max_length=100)
    file_name = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    pages = models.PositiveSmallIntegerField()
    uploaded_by = models.ForeignKey("people.Person", null=True, on_delete=models.DO_NOTHING, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "title"], name="handout_title_once"),
            models.CheckConstraint(condition=models.Q(size__lte=10 * 1024 * 1024), name="handout_of_at_most_10_mb"),
        ]

    def __str__(self):
        return self.title

    @property
    def named_uploader(self):
        """Who added it, as a page may name them: None for hidden people, and for whoever has left."""
        person = self.uploaded_by
        return person if person and person.is_active and not person.hidden else None


class HandoutFile(models.Model):
    """What a handout holds."""

    handout = models.OneToOneField(Handout, primary_key=True, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self):
        return str(self.pk)
