"""What people would like to talk about, in their own words: the vocabulary of the whole portal."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class TopicQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(shown=True)


class Topic(models.Model):
    """One thing that people live through. SPOCs, stories, services and guidance name it.

    Its key is opaque, so that no address holds its name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, help_text="As somebody would say it: “Not sleeping”.")
    also_called = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="Other words by which it is found, with commas between: “insomnia, awake at night”.",
    )
    summary = models.CharField(max_length=200, blank=True, help_text="One kind sentence under its name.")
    order = models.PositiveSmallIntegerField(default=100, help_text="Lower numbers stand first.")
    shown = models.BooleanField(default=True, help_text="Stands in the list. What is hidden is kept.")
    # Words in its name or beside it that bring the urgent numbers forward wherever somebody looks for it.
    urgent = models.BooleanField(default=False, help_text="Brings the urgent numbers forward.")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="topic_name_once", violation_error_message="There is a topic of this name already."
            ),
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
        ]

    def __str__(self):
        return self.name
