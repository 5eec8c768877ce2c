"""Places that are kept no longer: nightly, by the worker."""

from datetime import datetime, timedelta

from django.utils import timezone

from wellbeing.confidential.models import Retention

from .models import Place, PlaceState, Purpose

EVENT_DAYS = 28  # after an event nobody but the person themselves sees that they had a place; after these, nobody
_ENDED = (PlaceState.DECLINED, PlaceState.EXPIRED, PlaceState.WITHDRAWN, PlaceState.CANCELLED)


def events(*, before: datetime) -> int:
    """Take away who had a place at an event that ended before then; returns how many places."""
    return _gone(session__course__purpose=Purpose.EVENT, session__ends_at__lt=before)


def ended(*, before: datetime) -> int:
    """Take away places that were declined, given back, cancelled or unanswered before then; returns how many."""
    return _gone(state__in=_ENDED, changed_at__lt=before)


def events_before(kept: Retention) -> datetime:
    """From when on places at events are kept."""
    return timezone.now() - timedelta(days=EVENT_DAYS)


def ended_before(kept: Retention) -> datetime:
    """From when on ended places are kept: as long as a reminder that is over."""
    return timezone.now() - timedelta(days=kept.reminders_days)


def _gone(**of) -> int:
    return Place.objects.filter(person__legal_hold=False, **of).delete()[0]
