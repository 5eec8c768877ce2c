"""Away, on a break, back: one action for each move."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from champions.models import Champion, State
from wellbeing.people.models import Person

from .rows import NOT_AWAY, locked, move


@transaction.atomic
def pause(*, champion: Champion, by: Person | None) -> Champion:
    """Take the entry off the directory until `resume`; nobody is asked why."""
    return move(champion, State.PAUSED, by=by, verb="paused", **NOT_AWAY)


@transaction.atomic
def resume(*, champion: Champion, by: Person | None) -> Champion:
    """Put a paused entry back as it was."""
    return move(champion, State.ACTIVE, by=by, verb="resumed", **NOT_AWAY)


@transaction.atomic
def go_away(
    *, champion: Champion, first_day: date, last_day: date, by: Person | None, cover: Champion | None = None
) -> Champion:
    """Enter an absence, or change it: both days count as away. `cover` is named to whoever looks meanwhile.

    Raises ValidationError where the days are the wrong way round or over, for a cover who is not listed, and
    during a break: whoever is on one is off the directory until they `resume`, and dates would list them again.
    """
    _refuse_on_a_break(champion)
    if last_day < first_day:
        raise ValidationError({"last_day": "The last day away must be on or after the first."})
    if last_day < timezone.localdate():
        raise ValidationError({"last_day": "The last day away must be today or later."})
    if cover and (cover == champion or not cover.is_listed):
        raise ValidationError({"cover": "Choose another champion who is listed in the directory."})
    dates = {"away_from": first_day, "away_until": last_day, "cover": cover}
    return move(champion, State.AWAY, by=by, verb="went away", **dates)


@transaction.atomic
def come_back(*, champion: Champion, by: Person | None) -> Champion:
    """End an absence now, or take back one entered ahead. Raises ValidationError during a break, as `go_away`."""
    _refuse_on_a_break(champion)
    return move(champion, State.ACTIVE, by=by, verb="came back", **NOT_AWAY)


@transaction.atomic
def end_absences() -> int:
    """Bring back everybody whose last day away is over; returns how many. For the nightly task."""
    over = Champion.objects.select_for_update().filter(state=State.AWAY, away_until__lt=timezone.localdate())
    over = list(over)
    for champion in over:
        come_back(champion=champion, by=None)
    return len(over)


def _refuse_on_a_break(champion: Champion) -> None:
    if locked(champion).state == State.PAUSED:
        raise ValidationError("This entry is on a break, and off the directory meanwhile. List it again first.")
