"""What the force has decided about its forum."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


def _between(low: int, high: int) -> dict:
    return {"validators": [MinValueValidator(low), MaxValueValidator(high)]}


class Rules(models.Model):
    """What the force has decided about its forum; one row, and the defaults until the secretary writes it."""

    quorum_share = models.PositiveSmallIntegerField(
        "strands that must be there, in per cent",
        default=50,
        help_text="Of the strands that have a representative or a deputy. A deputy counts as their representative.",
        **_between(1, 100),
    )
    agenda_opens_days = models.PositiveSmallIntegerField(
        "days before a meeting that its agenda opens", default=28, **_between(1, 180)
    )
    agenda_closes_days = models.PositiveSmallIntegerField(
        "days before a meeting that its agenda closes", default=7, **_between(0, 90)
    )
    publish_days = models.PositiveSmallIntegerField(
        "working days after a meeting by which its outcomes are published", default=10, **_between(1, 60)
    )
    comment_days = models.PositiveSmallIntegerField("days to comment on draft minutes", default=10, **_between(1, 60))
    post_days = models.PositiveSmallIntegerField(
        "days after publishing by which outcomes hang at every station", default=7, **_between(1, 60)
    )
    relay_days = models.PositiveSmallIntegerField(
        "days after publishing by which representatives have relayed them", default=14, **_between(1, 90)
    )
    screen_seconds = models.PositiveSmallIntegerField(
        "seconds for each page of a screen that moves", default=20, **_between(10, 120)
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules for the forum"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="forum_one_set_of_rules"),
            models.CheckConstraint(condition=Q(quorum_share__range=(1, 100)), name="forum_quorum_is_a_share"),
            models.CheckConstraint(
                condition=Q(agenda_opens_days__gt=models.F("agenda_closes_days")), name="forum_agenda_opens_first"
            ),
        ]

    def __str__(self):
        return "Rules for the forum"
