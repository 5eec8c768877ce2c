"""What the force has decided about its champions."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q


class Rules(models.Model):
    """What the force has decided about its champions; one row, and the defaults until HR writes it."""

    refresher_months = models.PositiveSmallIntegerField(
        "months from training to refresher",
        default=24,
        validators=[MinValueValidator(1, "Training holds for a month at least.")],
        help_text="How long a champion's training holds.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules for champions"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="only_one_set_of_rules"),
            models.CheckConstraint(condition=Q(refresher_months__gte=1), name="refresher_after_a_month_or_more"),
        ]

    def __str__(self):
        return "Rules for champions"
