"""What is published about contact while away and about returning: cells that tell of many, and of nobody.

The database makes them once for each quarter that is over (`mentoring/sql/figures.sql`), and nobody changes them
afterwards (docs/decisions/0019-figures.md).
"""

from django.db import models
from django.db.models import Q


class What(models.TextChoices):
    CONTACTED = "contacted", "Contact in the first weeks"
    RETURNED = "returned", "Meeting on the return to work"
    PLANNED = "planned", "Contact as the person wants it"


class Scope(models.TextChoices):
    """Of whom a cell tells: one division, those too small to stand alone, or all that are shown."""

    DIVISION = "division", "A division"
    OTHERS = "others", "Others together"
    FORCE = "force", "All that are shown, together"


class Band(models.TextChoices):
    HIDDEN = "hidden", "Too few to show"
    FEW = "few", "Fewer than 5"
    SHARE = "share", "A share"
    MOST = "most", "Nearly all"


class Figure(models.Model):
    """One cell: a figure, of one quarter (its first day), of a division as it was called then.

    `about` is of about how many people it tells, in fives; `share` is in per cent, in steps of five. Both were moved by
    chance beforehand.
    """

    quarter = models.DateField()
    what = models.CharField(max_length=9, choices=What)
    scope = models.CharField(max_length=8, choices=Scope)
    division = models.CharField(max_length=100, blank=True)
    band = models.CharField(max_length=6, choices=Band)
    about = models.PositiveIntegerField(null=True)
    share = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-quarter", "what", "scope", "division"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "what", "scope", "division"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(what__in=What.values, scope__in=Scope.values, band__in=Band.values), name="figure_known"
            ),
            models.CheckConstraint(
                condition=Q(band=Band.HIDDEN, about=None) | ~Q(band=Band.HIDDEN) & Q(about__gte=10),
                name="figure_hidden_below_ten",
            ),
            models.CheckConstraint(
                condition=Q(band=Band.SHARE, share__range=(5, 95)) | ~Q(band=Band.SHARE) & Q(share=None),
                name="figure_share_never_all_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.quarter:%Y-%m} {self.division or self.scope}"
