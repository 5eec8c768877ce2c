"""What the force and its associations have agreed and signed, in versions that stay as they were."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone


class StatementKind(models.TextChoices):
    """Each has a page of its own, whose URL name is the value."""

    LIMITS = "limits", "What must be passed on"
    NEVER_USED_FOR = "never_used_for", "What this is never used for"
    PRIVACY = "privacy", "Privacy notice"


class StatementQuerySet(models.QuerySet):
    def in_force(self):
        """The versions that hold or have held, the one that holds now first of its kind."""
        begun = self.filter(approved_at__isnull=False, in_force_from__lte=timezone.localdate())
        return begun.order_by("kind", "-in_force_from", "-version")


class Statement(models.Model):
    """One version of a wording. A draft is changed until a second person approves it; from then on it stays.

    Version 0 is never a row: it is the wording that ships with the portal, and nobody has signed it.
    """

    Kind = StatementKind

    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    version = models.PositiveSmallIntegerField(editable=False)
    short = models.TextField(
        "in short",
        max_length=900,
        help_text="Stands where it matters, for example above the first message to a volunteer. Markdown.",
    )
    text = models.TextField("all of it", help_text="Markdown: “## ” before a heading, “- ” before a point.")
    signed_by = models.TextField(
        blank=True,
        help_text="Who signed it, one a line, name and office: “A. Example, Chief Constable”. Write down "
        "nobody who has not signed.",
    )
    in_force_from = models.DateField(help_text="The day from which it holds: today, or one that is still to come.")
    proposed_by = models.ForeignKey(
        "people.Person", null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    approved_by = models.ForeignKey(
        "people.Person", null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name = "signed wording"
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="statement_version_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(approved_at__isnull=True), name="one_draft_of_a_statement"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="statement_has_an_approver",
            ),
            models.CheckConstraint(condition=Q(proposed_by__isnull=False), name="statement_has_a_proposer"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="statement_needs_two_people"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(kind=StatementKind.PRIVACY) | ~Q(signed_by=""),
                name="agreed_statement_is_signed",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="statement_version_from_one"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse(self.kind)

    @property
    def is_agreed(self) -> bool:
        """Whether a second person approved it; never true of the wording that ships with the portal."""
        return self.approved_at is not None

    @property
    def signatures(self) -> list[str]:
        """Who signed it, by name and office."""
        return [line.strip() for line in self.signed_by.splitlines() if line.strip()]
