"""Five invented stories: a SPOC's, a chief officer's, one without a name, a mentor's, and one that waits to be read."""

from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from django.utils import timezone

from spocs.actions import stories as actions
from spocs.models import StoryVersion, Tick
from spocs.queries import stories as queries
from wellbeing.people.models import Person
from wellbeing.support.models import Topic
from wellbeing.web.identity import acting_as

from .network import keys_of, others

_FOLDER = Path(__file__).parent / "data" / "stories"
_CHIEFS = ("CC", "DCC", "ACC", "Ch Supt", "Supt")


def tell(spoc: Person, mentor: Person, staff: Person, coordinator: Person, keeper: Person, rng: Random) -> int:
    """Have them write their stories, which the `coordinator` reads; `keeper` keeps one in print. Returns how many are
    published, 0 where there are some already."""
    with acting_as(coordinator):
        if queries.published().exists():
            return 0
    nameless = Person.objects.get(pk=rng.choice(keys_of(others().filter(champion=None))))
    shown = (
        (spoc, {"name_shown": "first", "role_words": "sergeant"}),
        (_chief(), {"name_shown": "full", "leader": True}),
        (nameless, {"name_shown": "none"}),
        (mentor, {"name_shown": "full", "role_words": "welfare mentor"}),
    )
    *told, waiting = sorted(_FOLDER.glob("*.markdown"))
    for number, (file, (author, name)) in enumerate(zip(told, shown, strict=True)):
        draft = _ask(author, file, rng, **name)
        _publish(draft, author, coordinator, days_ago=61 - 13 * number)
        if author == spoc:
            _print(draft, author, keeper, rng)
    _ask(staff, waiting, rng, name_shown="first")
    return len(told)


def _chief() -> Person:
    """The highest in rank who may be shown."""
    listed = Person.objects.listed().filter(left=None).order_by("staff_number")
    return next(person for rank in _CHIEFS if (person := listed.filter(rank_or_grade=rank).first()))


def _ask(author: Person, file: Path, rng: Random, **name) -> StoryVersion:
    head, _, text = file.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    words = {"title": said["title"], "content_note": said["note"], "text": text.strip()}
    topics = Topic.objects.filter(name__in=said["topics"].split("; "))
    with acting_as(author):
        key = UUID(int=rng.getrandbits(128), version=4)
        words |= {"role_words": "", "leader": False} | name
        draft = actions.write(by=author, key=key, topics=topics, **words)
        return actions.ask_for_review(version=draft, by=author)


def _publish(draft: StoryVersion, author: Person, coordinator: Person, *, days_ago: int) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    with acting_as(coordinator):
        actions.pass_on(version=draft, by=coordinator, ticks=Tick.values, on=day - timedelta(days=10))
    with acting_as(author):
        actions.publish(version=draft, by=author, on=day)


def _print(story: StoryVersion, author: Person, keeper: Person, rng: Random) -> None:
    key = UUID(int=rng.getrandbits(128), version=4)
    place = "Newsletter of last month, page 3"
    with acting_as(author):
        actions.note_printing(story_id=story.story_id, by=author, key=key, place=place, address="", kept_by=keeper)
