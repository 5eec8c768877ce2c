"""A champion's tally of their own month. No history is kept of it: that would say on which day it was written."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from champions import policy
from champions.models import Band, Tally, TallySignpost
from champions.queries import load as queries
from champions.reminders.load import TALLY
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh
from wellbeing.support.models import Service
from wellbeing.training.dates import months_after

MONTHS_KEPT = 13


@transaction.atomic
def count(*, by: Person, month: date, conversations: Band, services: Iterable[Service] = ()) -> Tally:
    """Write what `by` counted in the month that begins on `month`, in place of what stood there; returns it.

    Raises ValidationError for another month than this one and the two before, for services without a conversation, and
    for somebody who is not a champion now.
    """
    services = list(services)
    if month not in queries.months():
        raise ValidationError("Only this month and the two before can be counted.")
    if services and conversations == Band.NONE:
        raise ValidationError("You ticked a service, but no conversation. Say how many there were, or untick it.")
    champion = policy.own_entry(by).first()
    if champion is None:
        raise ValidationError("Only champions count their conversations.")
    tally, _ = Tally.objects.get_or_create(person=by, month=month, defaults={"conversations": conversations})
    Tally.objects.filter(pk=tally.pk).update(conversations=conversations)  # two at once wait here for each other
    tally.signposts.exclude(service__in=services).delete()
    signposts = [TallySignpost(tally=tally, service=service) for service in services]
    TallySignpost.objects.bulk_create(signposts, ignore_conflicts=True)
    refresh(TALLY, champion.pk)
    return tally


@transaction.atomic
def take_back(*, by: Person, month: date) -> None:
    """Delete what `by` counted in that month, champion still or no longer; nothing of it stays."""
    Tally.objects.filter(person=by, month=month).delete()


def kept_since(_periods) -> datetime:
    """When the oldest month that is kept began; the data protection officer sets no period for tallies."""
    first = months_after(timezone.localdate().replace(day=1), -MONTHS_KEPT)
    return timezone.make_aware(datetime.combine(first, time.min))


def purge(before: datetime) -> int:
    """Delete, as the worker, the tallies of months that began before then; returns how many."""
    old = Tally.objects.filter(month__lt=timezone.localdate(before), person__legal_hold=False)
    return old.delete()[0]
