"""Stories for tests: written, read by a second person, thought over and published, each step by whoever takes it."""

import uuid
from datetime import timedelta

from django.utils import timezone

from spocs.actions import stories as actions
from spocs.models import StoryVersion, Tick
from wellbeing.web.identity import acting_as

WORDS = {
    "title": "The nights that would not end",
    "text": "I had not slept for **weeks**. Then I told somebody.\n\nIt got better, slowly.",
    "content_note": "not sleeping",
    "name_shown": "none",
    "role_words": "",
    "leader": False,
}
LONG_AGO = timedelta(days=30)


def draft(author, *, story=None, topics=(), **words) -> StoryVersion:
    with acting_as(author):
        return actions.write(by=author, key=uuid.uuid4(), story=story, topics=topics, **(WORDS | words))


def asked(author, **words) -> StoryVersion:
    version = draft(author, **words)
    with acting_as(author):
        return actions.ask_for_review(version=version, by=author)


def passed(author, reader, *, ago=LONG_AGO, **words) -> StoryVersion:
    """Passed by `reader` so long ago."""
    return _pass(asked(author, **words), reader, ago)


def published(author, reader, **words) -> StoryVersion:
    version = passed(author, reader, **words)
    with acting_as(author):
        return actions.publish(version=version, by=author)


def pass_again(author, reader, key, *, ago) -> StoryVersion:
    """The version of that key, passed so long ago: the database's clock is not the test's to turn."""
    with acting_as(author):
        version = actions.take_back(version=StoryVersion.objects.get(pk=key), by=author)
        version = actions.ask_for_review(version=version, by=author)
    return _pass(version, reader, ago)


def _pass(version, reader, ago) -> StoryVersion:
    with acting_as(reader):
        on = timezone.localdate() - ago
        return actions.pass_on(version=version, by=reader, ticks=list(Tick.values), on=on)
