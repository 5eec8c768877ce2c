"""What is told around stories. No title and no topic stands in a reminder: the page says which story it is.

An author is told by the key of their authorship. When that goes, with the story or as they take their name off, the
database deletes the reminders with it: their days would tell which story it was.
"""

from django.db.models import Exists, OuterRef

from wellbeing.people.models import RoleAssignment
from wellbeing.reminders.kinds import Kind, register

from ..models import StoryState, StoryVersion
from ..queries import stories as queries

ANSWERED, READY = "spocs.story_answered", "spocs.story_ready"
TO_REVIEW, TO_REVIEW_BY_LEAD = "spocs.story_to_review", "spocs.story_to_review_by_lead"
TAKE_DOWN = "spocs.story_printed"
_AUTHOR = "story__authorship__author_id"
_MINE = "What I have written"


def answered():
    """Versions that a second person has answered, and that their authors have done nothing with since."""
    return StoryVersion.objects.filter(state__in=(StoryState.BACK, StoryState.THINKING))


def thought_over():
    """Versions that are passed, with the day from which their authors may publish them."""
    return StoryVersion.objects.filter(state=StoryState.THINKING)


def _asked(role: str):
    """Versions that wait to be read, each with whoever has held that role longest (`reader`) and is not its author."""
    longest = RoleAssignment.objects.live().filter(role=role).longest(but=(_AUTHOR,))
    asked = StoryVersion.objects.filter(state=StoryState.REVIEW)
    return asked.annotate(reader=longest).filter(reader__isnull=False)


def to_review():
    """Versions that wait for a coordinator."""
    return _asked("coordinator")


def to_review_by_lead():
    """Versions that wait for the wellbeing lead, as the only coordinator wrote them."""
    coordinates = RoleAssignment.objects.live().filter(role="coordinator")
    own, others = coordinates.filter(person=OuterRef(_AUTHOR)), coordinates.exclude(person=OuterRef(_AUTHOR))
    return _asked("lead").filter(Exists(own), ~Exists(others))


register(
    Kind(
        name=ANSWERED,
        title=_MINE,
        due=answered,
        thing="story__authorship__pk",
        reader=_AUTHOR,
        day="reviewed_on",
        steps=(0,),
        sentence="There is an answer to what you wrote.",
        page="spocs:my_stories",
    )
)
register(
    Kind(
        name=READY,
        title=_MINE,
        due=thought_over,
        thing="story__authorship__pk",
        reader=_AUTHOR,
        day="publish_from",
        steps=(0,),
        sentence="Your days to think again are over. Publish what you wrote, change it, or take it back: as you like.",
        page="spocs:my_stories",
        stays=True,
    )
)
for _name, _due in ((TO_REVIEW, to_review), (TO_REVIEW_BY_LEAD, to_review_by_lead)):
    register(
        Kind(
            name=_name,
            title="What waits to be read by a second person",
            due=_due,
            reader="reader",
            day="asked_on",
            steps=(0, -7),
            sentence="Something that somebody wrote has been waiting for you to read it since {due}.",
            page="spocs:stories_to_review",
            stays=True,
        )
    )
register(
    Kind(
        name=TAKE_DOWN,
        title="What I keep somewhere, and am asked to take down",
        due=queries.printings_to_take_down,
        reader="kept_by_id",
        day="asked_on",
        steps=(0, -7, -21),
        sentence="On {due} you were asked to take down something that you keep on a wall, a page or in print.",
        page="spocs:printings",
        stays=True,
    )
)
