"""One roster file on its way into the roster."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ImportState(models.TextChoices):
    """Where a file stands. The worker moves it on from the three states that end in -ing."""

    CHECKING = "checking", "Being checked"
    PREVIEWED = "previewed", "Ready to confirm"
    APPLYING = "applying", "Being imported"
    APPLIED = "applied", "Imported"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Could not be read"


_S = ImportState
_IN_THE_ROSTER = (_S.APPLIED, _S.UNDOING, _S.UNDONE)  # now, or once
IN_THE_WORKER = (_S.CHECKING, _S.APPLYING, _S.UNDOING)


class RosterImport(models.Model):
    """A roster file, what it would do, and once imported how to take it back.

    The file and what it said of each person are dropped after `settings.ROSTER_IMPORT_KEPT`, the way
    back after `settings.ROSTER_UNDO_WITHIN`; who imported what, when and how many rows stays.
    """

    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING, editable=False)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    full = models.BooleanField("the file names everybody", default=False)
    leavers_accepted = models.BooleanField(default=False)
    preview = models.JSONField(null=True, help_text="What it would do, in words and numbers.")
    rows = models.JSONField(null=True, help_text="The same row by row.")
    back = models.JSONField(null=True, help_text="What puts the roster back as it was.")
    problem = models.TextField(blank=True, help_text="A sentence for whoever looks after the import.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker has begun this step.")
    uploaded_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    undone_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(default=timezone.now, help_text="When somebody last asked for the next step.")
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[_S.CHECKING, _S.FAILED]) | Q(preview__isnull=False),
                name="import_confirmed_after_preview",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_S.CHECKING, _S.APPLYING]) | Q(file__isnull=False), name="import_has_its_file"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_IN_THE_ROSTER, applied_at__isnull=False)
                | ~Q(state__in=_IN_THE_ROSTER) & Q(applied_at__isnull=True),
                name="import_applied_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.UNDONE, undone_at__isnull=False) | ~Q(state=_S.UNDONE) & Q(undone_at__isnull=True),
                name="import_undone_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.UNDOING) | Q(back__isnull=False), name="import_undone_while_it_can_be"
            ),
            models.CheckConstraint(condition=~Q(state=_S.FAILED) | ~Q(problem=""), name="import_failed_for_a_reason"),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_in_the_worker(self) -> bool:
        """Whether something is being done with it that its page waits for."""
        return self.state in IN_THE_WORKER

    @property
    def can_be_undone(self) -> bool:
        """Whether it is in the roster and its way back is still kept."""
        return self.state == ImportState.APPLIED and self.back is not None and timezone.now() < self.undo_until

    @property
    def can_be_confirmed(self) -> bool:
        """Whether its preview stands and would do anything."""
        return self.state == ImportState.PREVIEWED and self.rows is not None and not self.preview["does_nothing"]

    @property
    def undo_until(self):
        """The moment until which it can be undone, where nothing else has touched its people."""
        return self.applied_at + settings.ROSTER_UNDO_WITHIN
