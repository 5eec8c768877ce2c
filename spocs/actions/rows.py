"""How a SPOC's row and topics are written. For the actions beside it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from wellbeing.reminders.actions import refresh
from wellbeing.support.models import Topic

from ..models import Spoc, TopicConsent
from ..reminders import OF_A_PROFILE


def write(spoc: Spoc, **values) -> Spoc:
    """Write these values, and no other, to the row."""
    for name, value in values.items():
        setattr(spoc, name, value)
    spoc.save(update_fields=list(values))
    return spoc


def keep_topics(spoc: Spoc, topics: Iterable[Topic], *, at: datetime | None = None) -> None:
    """Consent to each of these topics, and to no other. What was agreed to before keeps its time.

    `at` is when, now unless a demonstration says otherwise.
    """
    topics = list(topics)
    spoc.consents.exclude(topic__in=topics).delete()
    known = set(spoc.consents.values_list("topic_id", flat=True))
    at = at or timezone.now()
    new = [TopicConsent(spoc=spoc, topic=topic, consented_at=at) for topic in topics if topic.pk not in known]
    TopicConsent.objects.bulk_create(new)


def reminded(spoc: Spoc) -> Spoc:
    """Whoever is to be told what this row says is told, and nobody of what it no longer says."""
    for kind in OF_A_PROFILE:
        refresh(kind, spoc.pk)
    return spoc
