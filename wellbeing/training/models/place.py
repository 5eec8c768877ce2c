"""Who has a place in a session, was offered one, or came."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .session import Session


class PlaceState(models.TextChoices):
    OFFERED = "offered", "Offered"
    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Came"
    MISSED = "missed", "Did not come"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Not answered in time"
    WITHDRAWN = "withdrawn", "Given back"
    CANCELLED = "cancelled", "The session was cancelled"


TAKES_SEAT = (PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.MISSED)
_S = PlaceState
# From where to where a place may move; the database refuses every other move (`sql/places.sql`; a test compares them).
MOVES = {
    _S.OFFERED: (_S.BOOKED, _S.DECLINED, _S.EXPIRED, _S.CANCELLED),
    _S.BOOKED: (_S.WITHDRAWN, _S.CANCELLED, _S.ATTENDED, _S.MISSED),
    _S.ATTENDED: (_S.MISSED,),
    _S.MISSED: (_S.ATTENDED,),
}


class PlaceQuerySet(models.QuerySet):
    def taking_a_seat(self):
        """Places that count against the session's capacity."""
        return self.filter(state__in=TAKES_SEAT)


class Place(models.Model):
    """One person's place in one session. Whoever gave one back and comes again has a second row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey("people.Person", on_delete=models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=10, choices=PlaceState, default=PlaceState.BOOKED)
    offered_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "made_at", "id"]
        indexes = [models.Index(fields=["person"], name="place_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="place_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PlaceState.OFFERED) | Q(offered_until__isnull=False), name="offer_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(state__in=TAKES_SEAT), name="training_one_place_each"
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def takes_a_seat(self) -> bool:
        """Whether it counts against the session's capacity."""
        return self.state in TAKES_SEAT

    @property
    def is_open_offer(self) -> bool:
        """Whether it waits for an answer that can still be given."""
        return self.state == PlaceState.OFFERED and self.offered_until > timezone.now()
