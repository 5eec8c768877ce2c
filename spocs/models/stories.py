"""Stories: what somebody has lived through, in their own words. SPOCs', anybody's, leaders' too.

Who wrote a story, what it says and where it was printed stand in tables of their own, each with its own readers
(`spocs/sql/stories.py`): whoever shows no name is known to nobody, not even to whoever reads the story first.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from wellbeing.support.markdown import first_words, rendered

# Tied, and taken along, by the database (`spocs/sql/stories.py`): whoever deletes a row sees nothing of the others.
_BY_THE_DATABASE = {"on_delete": models.DO_NOTHING, "db_constraint": False}


class StoryState(models.TextChoices):
    """How far one version is. Withdrawn is no state: a withdrawn story is deleted."""

    DRAFT = "draft", "A draft, yours alone"
    REVIEW = "review", "Being read by a second person"
    BACK = "back", "Sent back to you with a sentence"
    THINKING = "thinking", "Passed; yours to think over"
    PUBLISHED = "published", "Published"


class NameShown(models.TextChoices):
    FULL = "full", "My full name"
    FIRST = "first", "My first name only"
    NONE = "none", "No name"


class Tick(models.TextChoices):
    """What a second person makes sure of before a story is passed."""

    NO_OTHERS = "others", "Nobody else can be recognised: no family member, colleague or member of the public"
    NO_DETAILS = "details", "No details of an incident, an investigation or a crime; no method of self-harm"
    CONSEQUENCES = (
        "consequences",
        "Nothing in it may harm its author unawares; where it might, send it back and say so",
    )
    NOTE_FITS = "note", "The content note says what a reader should know beforehand"


OPEN = (StoryState.DRAFT, StoryState.REVIEW, StoryState.BACK, StoryState.THINKING)
_PASSED = [StoryState.THINKING, StoryState.PUBLISHED]
WORDS_A_MINUTE = 200


class StoryRules(models.Model):
    """What the force has decided about stories; one row, and the defaults until somebody writes it."""

    days_to_think = models.PositiveSmallIntegerField(
        "days to think again",
        default=7,
        validators=[MinValueValidator(7), MaxValueValidator(60)],
        help_text="From when a story is passed until whoever wrote it may publish it: seven at least.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules for stories"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="only_one_set_of_story_rules"),
            models.CheckConstraint(condition=Q(days_to_think__range=(7, 60)), name="a_week_to_think_again"),
        ]

    def __str__(self):
        return "Rules for stories"


class Story(models.Model):
    """A story's key, which is its address, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("spocs:story", args=[self.pk])


class Authorship(models.Model):
    """Who wrote a story: read by themselves alone. Gone once they have taken their name off and let the story stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.OneToOneField(Story, related_name="authorship", **_BY_THE_DATABASE)
    author = models.ForeignKey("people.Person", related_name="+", **_BY_THE_DATABASE)

    def __str__(self):
        return str(self.pk)


class StoryVersion(models.Model):
    """One text of a story: at most one is published, and at most one is on its way."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, related_name="versions", **_BY_THE_DATABASE)
    state = models.CharField(max_length=10, choices=StoryState, default=StoryState.DRAFT, editable=False)
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=12000)
    content_note = models.CharField("what it speaks of", max_length=200)
    topics = models.ManyToManyField("support.Topic", blank=True, related_name="+", db_constraint=False)
    name_shown = models.CharField("name", max_length=5, choices=NameShown, default=NameShown.NONE)
    # Whose name is shown, so that it is always the name they go by today; nobody where none is.
    named = models.ForeignKey("people.Person", null=True, editable=False, related_name="+", **_BY_THE_DATABASE)
    role_words = models.CharField("what I do, in my own words", max_length=80, blank=True)
    leader = models.BooleanField("show my rank or grade: a leader's own words", default=False)
    minutes = models.PositiveSmallIntegerField("minutes to read", default=1, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_on = models.DateField(null=True, editable=False)
    reviewed_by = models.ForeignKey("people.Person", null=True, editable=False, related_name="+", **_BY_THE_DATABASE)
    reviewed_on = models.DateField(null=True, editable=False)
    ticks = ArrayField(models.CharField(max_length=12, choices=Tick), default=list, blank=True, editable=False)
    sentence = models.CharField(max_length=500, blank=True, editable=False)
    publish_from = models.DateField(null=True, editable=False)
    published_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-published_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="story_state_known"),
            models.UniqueConstraint(fields=["story"], condition=Q(state__in=OPEN), name="one_open_version_of_a_story"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(state=StoryState.PUBLISHED), name="one_published_version_of_a_story"
            ),
            models.CheckConstraint(
                condition=Q(name_shown=NameShown.NONE, named__isnull=True)
                | Q(name_shown__in=[NameShown.FULL, NameShown.FIRST], named__isnull=False),
                name="story_named_as_wished",
            ),
            models.CheckConstraint(
                condition=Q(leader=False) | Q(named__isnull=False), name="story_of_a_leader_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.BACK) | ~Q(sentence=""), name="story_sent_back_with_a_sentence"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_PASSED)
                | Q(reviewed_by__isnull=False, publish_from__isnull=False, ticks__contains=Tick.values),
                name="story_passed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=StoryState.PUBLISHED, published_on__isnull=False)
                | ~Q(state=StoryState.PUBLISHED) & Q(published_on__isnull=True),
                name="story_published_says_when",
            ),
        ]

    def __str__(self):
        """A number where a title would tell."""
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("spocs:story", args=[self.story_id])

    @property
    def shown_name(self) -> str:
        """The name as its author wishes it shown."""
        if self.name_shown == NameShown.NONE:
            return "A colleague"
        return self.named.name if self.name_shown == NameShown.FULL else self.named.known_as

    @property
    def byline(self) -> str:
        """Who tells it, in one line."""
        rank = self.named.rank_or_grade if self.leader else ""
        return ", ".join(filter(None, [self.shown_name, rank, self.role_words]))

    @property
    def as_html(self) -> SafeString:
        """The text, made of Markdown and cleaned."""
        return rendered(self.text)

    @property
    def first_sentence(self) -> str:
        """How it begins, without its signs of Markdown; at most 160 characters."""
        return first_words(self.text)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Printing(models.Model):
    """Where else a story was printed, and who is to take it down there when it is withdrawn."""

    class Asked(models.TextChoices):
        NOTHING = "", "Nothing"
        NAME = "name", "The name off, or the whole down"
        DOWN = "down", "Take it down"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Nothing once the story is gone: what is left is where something hangs that is to be taken down.
    story = models.ForeignKey(Story, null=True, related_name="printings", **_BY_THE_DATABASE)
    place = models.CharField(
        "where", max_length=160, help_text="For example “Newsletter of November, page 3” or “Poster in the canteen”."
    )
    address = models.URLField("address on the intranet", blank=True, max_length=300)
    kept_by = models.ForeignKey("people.Person", related_name="+", **_BY_THE_DATABASE)
    asked = models.CharField(max_length=4, choices=Asked, blank=True, default=Asked.NOTHING, editable=False)
    asked_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(asked__in=["", "name", "down"]), name="printing_asked_known"),
            models.CheckConstraint(
                condition=Q(asked="", asked_on__isnull=True) | ~Q(asked="") & Q(asked_on__isnull=False),
                name="printing_asked_says_when",
            ),
            models.CheckConstraint(
                condition=Q(story__isnull=False) | Q(asked="down"), name="printing_of_a_story_or_to_take_down"
            ),
        ]

    def __str__(self):
        return str(self.pk)
