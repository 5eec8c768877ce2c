"""The only writes to stories. Each is atomic, takes who does it, and writes no history: a story is its author's alone.

What may follow what, and that nobody passes their own, the database refuses as well (`spocs/sql/stories.sql`).
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from wellbeing.confidential import drafts
from wellbeing.people import refusals
from wellbeing.people.models import Person
from wellbeing.reminders.actions import refresh

from .. import policy
from ..models import OPEN, Authorship, NameShown, Printing, Story, StoryRules, StoryState, StoryVersion, Tick
from ..models.stories import WORDS_A_MINUTE
from ..queries import stories as queries
from ..reminders.stories import ANSWERED, READY, TAKE_DOWN, TO_REVIEW, TO_REVIEW_BY_LEAD

GONE_FOR = 90  # days that the story of somebody who has left is kept, unseen
DRAFT_FOR = 180  # days that a draft is kept in which nobody writes
_NOT_ASKED = {"asked_on": None, "reviewed_by": None, "reviewed_on": None, "publish_from": None, "ticks": []}


@transaction.atomic
def write(*, by: Person, key: UUID, story: UUID | None = None, topics=(), **words) -> StoryVersion:
    """Save a draft, `by`'s alone; returns it.

    `key` is the draft's own: sent twice, it is one. With `story`, it is a new version of that story of theirs, while
    the published one stays up. A version that was sent back, or is being thought over, becomes a draft again by being
    written in. Raises PermissionDenied where the story is not theirs, ValidationError while somebody reads it.
    """
    draft = _draft(by, key, story)
    if draft.state == StoryState.REVIEW:
        raise ValidationError("Somebody is reading it. Take it back first, then change it.")
    named = by if words["name_shown"] != NameShown.NONE else None
    values = {**words, "named": named, "minutes": minutes_of(words["text"]), "written_at": timezone.now()}
    if draft.state != StoryState.DRAFT:
        _write(draft, state=StoryState.DRAFT, **_NOT_ASKED)
    _write(draft, **values)
    draft.topics.set(topics)
    _tell(draft)
    return draft


@transaction.atomic
def ask_for_review(*, version: StoryVersion, by: Person) -> StoryVersion:
    """The author asks a second person to read a draft; asked twice, it is once."""
    version = _own(version, by)
    if version.state == StoryState.REVIEW:
        return version
    if version.state != StoryState.DRAFT:
        raise ValidationError("Change it first, then ask for it to be read.")
    version = _write(version, state=StoryState.REVIEW, sentence="", asked_on=timezone.localdate())
    _tell(version)
    return version


@transaction.atomic
def take_back(*, version: StoryVersion, by: Person) -> StoryVersion:
    """The author takes a version back that waits to be read, or is passed: a draft again, theirs alone."""
    version = _own(version, by)
    if version.state not in (StoryState.REVIEW, StoryState.THINKING):
        return version
    version = _write(version, state=StoryState.DRAFT, **_NOT_ASKED)
    _tell(version)
    return version


@transaction.atomic
def send_back(*, version: StoryVersion, by: Person, sentence: str) -> StoryVersion:
    """A second person sends a version back, with a sentence that says what would help."""
    version = _asked(version, by)
    version = _write(
        version, state=StoryState.BACK, sentence=sentence, reviewed_by=by, reviewed_on=timezone.localdate()
    )
    _tell(version)
    return version


@transaction.atomic
def pass_on(*, version: StoryVersion, by: Person, ticks: list[str], on: date | None = None) -> StoryVersion:
    """A second person has read it against the list, every line of it; its author thinks again for some days.

    `on` is the day, today unless a demonstration says otherwise. Raises ValidationError for a list with a line open.
    """
    version = _asked(version, by)
    if set(ticks) != set(Tick.values):
        raise ValidationError("Every line of the list must hold before a story is passed.")
    on = on or timezone.localdate()
    passed = {"reviewed_by": by, "reviewed_on": on, "publish_from": queries.first_day_to_publish(passed_on=on)}
    version = _write(version, state=StoryState.THINKING, sentence="", ticks=list(ticks), **passed)
    _tell(version)
    return version


@transaction.atomic
def publish(*, version: StoryVersion, by: Person, on: date | None = None) -> StoryVersion:
    """The author's own tap, once the days to think again are over; the version before goes in the same moment.

    `on` is the day, today unless a demonstration says otherwise. Raises ValidationError before they are over.
    """
    _one_at_a_time(by)
    version = _own(version, by)
    if version.state == StoryState.PUBLISHED:
        return version
    if not queries.may_be_published(version):
        raise ValidationError("It can be published once it is passed and you have had your days to think again.")
    StoryVersion.objects.filter(story=version.story_id, state=StoryState.PUBLISHED).delete()
    version = _write(version, state=StoryState.PUBLISHED, published_on=on or timezone.localdate())
    _tell(version)
    return version


@transaction.atomic
def withdraw(*, story_id: UUID, by: Person) -> None:
    """The author takes a story back, whatever its state: it is deleted; whoever printed it is asked to take it down.

    Asked twice, it is once. Raises PermissionDenied where it is not theirs.
    """
    story = Story.objects.filter(pk=story_id).first()
    if story is None:
        return
    if not Authorship.objects.filter(story=story, author=by).exists():
        raise PermissionDenied
    authorships, versions = _keys(story_id)
    _ask_to_take_down(story_id, Printing.Asked.DOWN)
    story.delete()
    _forget_typed(by, authorships)
    _tell_of(authorships, versions)


@transaction.atomic
def withdraw_all(*, person: Person, by: Person) -> int:
    """Every story of this person's, as they withdraw as a SPOC; returns how many.

    What they have taken their name off beforehand is theirs no longer, and stays.
    """
    mine = list(Authorship.objects.filter(author=person).values_list("story_id", flat=True))
    for story_id in mine:
        withdraw(story_id=story_id, by=by)
    return len(mine)


@transaction.atomic
def discard(*, story_id: UUID, by: Person) -> None:
    """The author deletes the version on its way, and leaves the published one up; asked twice, it is once.

    Raises PermissionDenied where the story is not theirs, and ValidationError where nothing of it is published.
    """
    _one_at_a_time(by)
    if not Authorship.objects.filter(story=story_id, author=by).exists():
        raise PermissionDenied
    authorships, keys = _keys(story_id)
    versions = list(StoryVersion.objects.select_for_update(of=["self"]).filter(story=story_id))
    if not any(version.state == StoryState.PUBLISHED for version in versions):
        raise ValidationError("Nothing of it is published just now, so this would delete all of it.")
    StoryVersion.objects.filter(pk__in=[version.pk for version in versions if version.is_open]).delete()
    _forget_typed(by, authorships)
    _tell_of(authorships, keys)


@transaction.atomic
def remove_name(*, story_id: UUID, by: Person) -> None:
    """The author takes their name off and lets the published story stay: nothing ties it to them any longer.

    What is not published of it is deleted. It cannot be undone. Raises PermissionDenied where it is not theirs, and
    ValidationError where nothing of it is published.
    """
    _one_at_a_time(by)
    if not Authorship.objects.filter(story=story_id, author=by).exists():
        raise PermissionDenied
    version = StoryVersion.objects.select_for_update(of=["self"])
    version = version.filter(story=story_id, state=StoryState.PUBLISHED).first()
    if version is None:
        raise ValidationError("Only a published story can stay without your name.")
    authorships, versions = _keys(story_id)
    StoryVersion.objects.filter(story=story_id, state__in=OPEN).delete()
    if version.name_shown != NameShown.NONE:
        _ask_to_take_down(story_id, Printing.Asked.NAME)
    _write(version, name_shown=NameShown.NONE, named=None, role_words="", leader=False)
    Authorship.objects.filter(story=story_id, author=by).delete()
    _forget_typed(by, authorships)
    _tell_of(authorships, versions)


@transaction.atomic
def take_off(*, story_id: UUID, by: Person, sentence: str) -> None:
    """The coordinator takes a published story off, for good where it is nobody's any longer; else it goes back.

    Raises PermissionDenied for anybody else, and for a story of the coordinator's own.
    """
    with connection.cursor() as cursor:
        cursor.execute("select spocs_take_off_story(%s, %s)", [story_id, sentence])
        if cursor.fetchone() == ("refused",):
            raise PermissionDenied


@transaction.atomic
def note_printing(*, story_id: UUID, by: Person, key: UUID, place: str, address: str, kept_by: Person) -> Printing:
    """Note where else a published story is printed, and who keeps it there; noted twice, it is once.

    Raises PermissionDenied for anybody who may not, and where the story was withdrawn a moment ago.
    """
    if not policy.may_note_printings(by, story_id):
        raise PermissionDenied
    if known := Printing.objects.filter(pk=key).first():
        return known
    try:
        with transaction.atomic():
            new = Printing.objects.create(pk=key, story_id=story_id, place=place, address=address, kept_by=kept_by)
            refusals.check_now()
    except IntegrityError as gone:
        raise PermissionDenied from gone
    return new


@transaction.atomic
def taken_down(*, printing: Printing, by: Person) -> None:
    """Whoever keeps it there, its author or the coordinator says that it hangs there no longer."""
    Printing.objects.filter(pk=printing.pk).delete()
    refresh(TAKE_DOWN, printing.pk)


@transaction.atomic
def set_story_rules(*, by: Person, days_to_think: int) -> StoryRules:
    """Set how many days there are to think again; for stories that are passed from now on."""
    if not policy.may_run_stories(by):
        raise PermissionDenied
    rules = queries.rules()
    rules.pk, rules.days_to_think = 1, days_to_think
    rules.full_clean(validate_unique=False)
    rules.save()
    return rules


def minutes_of(text: str) -> int:
    """Minutes to read a text, one at least (200 words a minute)."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


# --- The worker's ------------------------------------------------------------------------------------------


def drafts_kept_since(_periods) -> datetime:
    """Before when a draft was last written in that is deleted; a fixed time, which the pages tell."""
    return timezone.now() - timedelta(days=DRAFT_FOR)


def purge_drafts(before: datetime) -> int:
    """Delete, as the worker, drafts last written in before then, and stories of which nothing else is there."""
    old = StoryVersion.objects.filter(state__in=(StoryState.DRAFT, StoryState.BACK), written_at__lt=before)
    gone = old.exclude(story__authorship__author__legal_hold=True).order_by().values_list("pk", flat=True)
    number = _delete_versions(list(gone))
    Story.objects.filter(versions=None).delete()
    return number


def kept_after_leaving(_periods) -> datetime:
    return timezone.now() - timedelta(days=GONE_FOR)


def purge_of_leavers(before: datetime) -> int:
    """Delete, as the worker, the stories of people who left before then; returns how many."""
    gone = Authorship.objects.filter(author__left__lt=timezone.localdate(before), author__legal_hold=False)
    return Story.objects.filter(pk__in=list(gone.values_list("story_id", flat=True))).delete()[0]


# --- Parts of the above ----------------------------------------------------------------------------------------


def _delete_versions(keys: list) -> int:
    """Returns how many; without reading them, which the worker may not."""
    with connection.cursor() as cursor:
        cursor.execute("delete from spocs_storyversion where id = any(%s)", [keys])
        return cursor.rowcount


def _draft(by: Person, key: UUID, story_id: UUID | None) -> StoryVersion:
    """The version to write in: the one of that key, the story's open one, or a new one. One at a time."""
    _one_at_a_time(by)
    known = StoryVersion.objects.filter(pk=key).values_list("story_id", flat=True).first()
    story_id = known or story_id
    if story_id is None:
        story = Story.objects.create()
        Authorship.objects.create(story=story, author=by)
        return _new_version(story, key)
    story = Story.objects.filter(pk=story_id, authorship__author=by).first()
    if story is None:
        raise PermissionDenied
    versions = StoryVersion.objects.select_for_update(of=["self"])
    found = versions.filter(story=story, state__in=OPEN).first()
    return found or _new_version(story, key)


def _one_at_a_time(by: Person) -> None:
    """What one author does to their stories in two windows comes one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('spocs.stories'), %s)", [by.pk])


def _new_version(story: Story, key: UUID) -> StoryVersion:
    """A draft of that key; of another one where that is published by now: what was typed is a new version then."""
    published = StoryVersion.objects.filter(pk=key).exists()
    try:
        with transaction.atomic():
            return StoryVersion.objects.create(pk=uuid4() if published else key, story=story)
    except IntegrityError as somebody_elses:
        raise PermissionDenied from somebody_elses


def _own(version: StoryVersion, by: Person) -> StoryVersion:
    """That version, locked; raises PermissionDenied for everybody but its author."""
    found = StoryVersion.objects.select_for_update(of=["self"]).filter(pk=version.pk).first()
    if found is None or not Authorship.objects.filter(story=found.story_id, author=by).exists():
        raise PermissionDenied
    return found


def _asked(version: StoryVersion, by: Person) -> StoryVersion:
    """That version, locked; raises PermissionDenied for whoever reads none first, ValidationError when it is past."""
    if not policy.may_review_stories(by):
        raise PermissionDenied
    found = queries.to_review(by).select_for_update(of=["self"]).filter(pk=version.pk).first()
    if found is None:
        raise ValidationError("This story does not wait to be read any longer.")
    return found


def _ask_to_take_down(story_id: UUID, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select spocs_ask_to_take_down(%s, %s)", [story_id, what])
        keys = [key for (key,) in cursor.fetchall()]
    refresh(TAKE_DOWN, *keys)


def _keys(story_id: UUID) -> tuple[list, list]:
    """The keys by which its reminders know a story's author, and its versions."""
    authorships = Authorship.objects.filter(story=story_id).values_list("pk", flat=True)
    versions = StoryVersion.objects.filter(story=story_id).values_list("pk", flat=True)
    return list(authorships), list(versions)


def _forget_typed(by: Person, authorships: list) -> None:
    """What they typed and did not save goes with what they wrote."""
    for key in authorships:
        drafts.drop(author=by, form=queries.kept_as(key))


def _tell(version: StoryVersion) -> None:
    authorships = Authorship.objects.filter(story=version.story_id).values_list("pk", flat=True)
    _tell_of(list(authorships), [version.pk])


def _tell_of(authorships: list, versions: list) -> None:
    """What the row policies hide from whoever acts, the next sweep finds: a reviewer knows no author."""
    for kind in (ANSWERED, READY):
        refresh(kind, *authorships)
    for kind in (TO_REVIEW, TO_REVIEW_BY_LEAD):
        refresh(kind, *versions)


def _write(version: StoryVersion, **values) -> StoryVersion:
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=list(values))
    return version
