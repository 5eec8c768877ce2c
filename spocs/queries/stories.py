"""What is shown of stories: published ones to everybody who signs in; the rest to whom the row policies show it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from wellbeing.people.models import Person
from wellbeing.support.models import Topic

from ..models import Authorship, Printing, Story, StoryRules, StoryState, StoryVersion
from .order import fairly

ON_THE_FIRST_PAGE = 2


def published(topic: Topic | None = None) -> QuerySet:
    """The published stories, of a topic or of all, the newest first; each with its topics and the name it shows.

    None of somebody who has left, has died or stands in no list: the row policies leave out those without a name too,
    a week later.
    """
    # Asked of each story: as `named__in`, the planner reads the whole roster for it.
    shown = Q(named__isnull=True) | Exists(Person.objects.listed().filter(pk=OuterRef("named")))
    stories = StoryVersion.objects.filter(shown, state=StoryState.PUBLISHED)
    if topic is not None:
        stories = stories.filter(topics=topic)
    return (
        stories.select_related("named")
        .defer("named__password")
        .prefetch_related(Prefetch("topics", Topic.objects.shown()))
    )


def in_fair_order(stories: QuerySet) -> QuerySet:
    """These stories, shuffled anew each day and the same all day."""
    return fairly(stories, "story_id")


def of_the_day() -> list[StoryVersion]:
    """The stories on the first page: others each day."""
    return list(in_fair_order(published())[:ON_THE_FIRST_PAGE])


def answerable() -> QuerySet:
    """The stories of which it is asked whether they helped, by their keys, each with its title (`told`)."""
    shown = published().order_by().values("story")
    of_published = Q(pk__in=shown, versions__state=StoryState.PUBLISHED)
    return Story.objects.filter(of_published).annotate(told=F("versions__title"))


def topics_with_stories() -> QuerySet:
    """The topics that a published story names."""
    return Topic.objects.shown().filter(pk__in=published().values("topics"))


def rules() -> StoryRules:
    """What is set, or the defaults."""
    return StoryRules.objects.first() or StoryRules()


# --- One's own ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """One story of somebody's own: the version that is published and the one on its way, either or both."""

    story_id: object
    published: StoryVersion | None
    open: StoryVersion | None

    @property
    def title(self) -> str:
        return (self.open or self.published).title


def own_stories(person: Person) -> list[Own]:
    """What this person has written and not withdrawn, the latest first."""
    mine = Authorship.objects.filter(author=person).values("story_id")
    versions: dict = {}
    for version in StoryVersion.objects.filter(story__in=mine).select_related("named").order_by("-written_at"):
        versions.setdefault(version.story_id, {})[version.is_open] = version
    return [Own(story_id, both.get(False), both.get(True)) for story_id, both in versions.items()]


def own_story(person: Person, story_id) -> Own:
    """One story of this person's own; 404 for everybody else's."""
    found = next((own for own in own_stories(person) if own.story_id == story_id), None)
    if found is None:
        raise Http404
    return found


def kept_as(authorship) -> str:
    """By what a text is kept that its author typed and did not save: never the story's key, which they may leave."""
    return f"story:{authorship}"


def own_kept_as(person: Person, story_id) -> str:
    """The same of a story of this person's own; of a new one without `story_id`. 404 for everybody else's."""
    return kept_as(get_object_or_404(Authorship, author=person, story=story_id).pk if story_id else "new")


def may_be_published(version: StoryVersion) -> bool:
    """Whether its author may publish it today: it is passed, and the days to think again are over."""
    return version.state == StoryState.THINKING and version.publish_from <= timezone.localdate()


# --- For whoever reads them first --------------------------------------------------------------------------


def to_review(person: Person) -> QuerySet:
    """The stories that wait for a second person, for whom the row policies make one; the longest waiting first."""
    asked = StoryVersion.objects.filter(state=StoryState.REVIEW).exclude(
        story__in=Authorship.objects.filter(author=person).values("story_id")
    )
    return asked.select_related("named").prefetch_related("topics").order_by("asked_on", "id")


# --- Where else they are printed -----------------------------------------------------------------------------


def printings_of(story_id) -> QuerySet:
    """Where a story is printed, for its author and the coordinator."""
    return Printing.objects.filter(story=story_id).select_related("kept_by")


def printings_to_take_down() -> QuerySet:
    """Where something hangs or stands that is to be taken down, or the name off it."""
    return Printing.objects.exclude(asked=Printing.Asked.NOTHING)


def printings_for(person: Person, *, all_of_them: bool) -> QuerySet:
    """What this person keeps somewhere, or all that the row policies show them."""
    kept = Printing.objects.all() if all_of_them else Printing.objects.filter(kept_by=person)
    return kept.select_related("kept_by").defer("kept_by__password")


def first_day_to_publish(*, passed_on: date) -> date:
    """From when on its author may publish a story that is passed on that day (calendar days, `StoryRules`)."""
    return passed_on + timedelta(days=rules().days_to_think)
