"""Somebody's own address of the feed: made, made anew, taken back."""

import secrets

from django.db import transaction
from django.utils import timezone

from forum.models import Feed
from wellbeing.people.models import Person
from wellbeing.reminders.feed import hash_of


@transaction.atomic
def open_feed(*, by: Person) -> str:
    """Make an address for `by`, and return its secret part; one made before stops working. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": hash_of(token), "made_at": timezone.now()}
    Feed.objects.update_or_create(person=by, defaults=values)
    return token


@transaction.atomic
def close_feed(*, by: Person) -> None:
    """The address of `by` stops working."""
    Feed.objects.filter(person=by).delete()
