"""Who holds which assigned role, from when until when, and which two people saw to it."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from wellbeing import roles


class RoleAssignmentQuerySet(models.QuerySet):
    def live(self):
        """Assignments in force today: approved, begun, not ended."""
        today = timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=today), approved_at__isnull=False, starts__lte=today)

    def longest(self, *, but: tuple[str, ...]) -> Subquery:
        """The key of whoever has held it longest and is nobody that the outer row names in the columns `but`."""
        others = self
        for column in but:
            others = others.exclude(person=OuterRef(column))
        return Subquery(others.order_by("starts", "pk").values("person_id")[:1])

    def waiting(self):
        """Proposed, and neither approved nor turned down."""
        over = Q(ends__lte=timezone.localdate()) | Q(ends__lte=F("starts"))
        return self.filter(Q(ends__isnull=True) | ~over, approved_at__isnull=True)


class RoleAssignment(models.Model):
    """One person's term in one role.

    The first holders come from `set_up_force` with nobody before them; every later one is proposed by
    one person and approved by another, and never by whom it is for.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=[(name, roles.ROLES[name].label) for name in roles.ASSIGNED])
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True, help_text="First day without the role. Empty: until further notice.")
    from_set_up = models.BooleanField(default=False, editable=False)
    proposed_by = models.ForeignKey(
        "people.Person", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        "people.Person", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_set_up=True) | Q(proposed_by__isnull=False), name="role_has_a_proposer"
            ),
            models.CheckConstraint(
                condition=Q(from_set_up=True) | Q(approved_at__isnull=True) | Q(approved_by__isnull=False),
                name="role_has_an_approver",
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="role_needs_two_people"),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person")) & ~Q(approved_by=F("person")), name="role_not_from_oneself"
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="role_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.person}"

    @property
    def is_over(self) -> bool:
        """Whether it has ended, was turned down, or ended before it began."""
        return self.ends is not None and self.ends <= max(timezone.localdate(), self.starts)
