"""What the roster does to the forum."""

from datetime import timedelta

from django.utils import timezone

from .actions.seats import end_term
from .models import Seat


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving finds the terms as they were; somebody who truly comes back sits nowhere."""
    if undoing:
        return
    yesterday = timezone.localdate() - timedelta(days=1)
    for seat in Seat.objects.filter(person__in=people, ends_on__gt=yesterday):
        end_term(seat=seat, last_day=yesterday, by=by)
