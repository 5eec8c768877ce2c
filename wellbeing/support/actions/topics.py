"""The only writes to topics. Each is recorded."""

import csv
from pathlib import Path

from django.db import transaction

from wellbeing.people import history
from wellbeing.people.models import Person

from ..models import Topic

SHIPPED = Path(__file__).parent.parent / "data" / "topics.csv"


@transaction.atomic
def load_shipped_topics(*, by: Person | None = None) -> int:
    """Add the topics that ship with the portal and are not there by name; returns how many were added."""
    known = {name.lower() for name in Topic.objects.values_list("name", flat=True)}
    new = [topic for topic in _shipped() if topic.name.lower() not in known]
    Topic.objects.bulk_create(new)
    history.record_many(by=by, verb="added", about=[(topic, {}) for topic in new])
    return len(new)


@transaction.atomic
def save_topic(*, topic: Topic, by: Person | None, **values) -> Topic:
    """Write a topic, new or changed, and return it. Raises ValidationError for what no column holds; the database
    refuses a name that is taken (IntegrityError)."""
    is_new = topic._state.adding
    details = {} if is_new else history.difference(topic, values)
    for field, value in values.items():
        setattr(topic, field, value)
    topic.full_clean(validate_constraints=False)
    topic.save()
    history.record(by=by, verb="added" if is_new else "changed", about=topic, details=details)
    return topic


def _shipped() -> list[Topic]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Topic(
            name=row["name"],
            also_called=[word.strip() for word in row["also_called"].split(";") if word.strip()],
            summary=row["summary"],
            order=10 * number,
            urgent=row["urgent"] == "yes",
        )
        for number, row in enumerate(rows, start=1)
    ]
