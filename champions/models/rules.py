"""What the force has decided about its champions."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


class WaitingOrder(models.TextChoices):
    """Who on the waiting list comes first; the words are what people on it read."""

    UNCOVERED_FIRST = (
        "uncovered_first",
        "People at stations that have no champion come first, then whoever joined the list first",
    )
    FEWEST_FIRST = (
        "fewest_first",
        "People at stations with the fewest champions come first, then whoever joined the list first",
    )
    JOINED_FIRST = "joined_first", "Whoever joined the list first comes first"


class Rules(models.Model):
    """What the force has decided about its champions; one row, and the defaults until HR writes it."""

    refresher_months = models.PositiveSmallIntegerField(
        "months from training to refresher",
        default=24,
        validators=[MinValueValidator(1, "Training holds for a month at least.")],
        help_text="How long a champion's training holds.",
    )
    waiting_order = models.CharField(
        "who on the waiting list comes first",
        max_length=15,
        choices=WaitingOrder,
        default=WaitingOrder.UNCOVERED_FIRST,
        help_text="People on the list read this rule beside their place.",
    )
    offer_days = models.PositiveSmallIntegerField(
        "days to answer an offer of a place",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="After them the place goes to the next on the list.",
    )
    term_months = models.PositiveSmallIntegerField(
        "months of a champion's term",
        null=True,
        blank=True,
        default=24,
        validators=[MinValueValidator(1)],
        help_text="Empty: champions serve without a term.",
    )
    supervision_weeks = models.PositiveSmallIntegerField(
        "weeks between supervision check-ins", default=12, validators=[MinValueValidator(1), MaxValueValidator(104)]
    )
    needs_vetting = models.BooleanField(
        "listed only once vetting is confirmed", default=True, help_text="The date alone is kept."
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules for champions"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="only_one_set_of_rules"),
            models.CheckConstraint(condition=Q(refresher_months__gte=1), name="refresher_after_a_month_or_more"),
            models.CheckConstraint(condition=Q(waiting_order__in=WaitingOrder.values), name="waiting_order_known"),
            models.CheckConstraint(condition=Q(offer_days__range=(1, 60)), name="an_offer_has_its_days"),
            models.CheckConstraint(condition=Q(supervision_weeks__range=(1, 104)), name="supervision_comes_round"),
        ]

    def __str__(self):
        return "Rules for champions"
