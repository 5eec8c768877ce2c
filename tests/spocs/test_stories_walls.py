"""Who sees which row of a story, and what the database refuses whoever's hand it is."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from spocs import actions as spocs
from spocs.actions import stories as actions
from spocs.models import Authorship, Printing, Story, StoryVersion, Tick
from spocs.queries import stories as queries
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.factories.stories import asked, draft, passed, published
from wellbeing.confidential import retention
from wellbeing.people.actions import change_person, record_death
from wellbeing.people.models import Person
from wellbeing.reminders.actions import sweep
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

EVERYBODY = ("asha", "ben", "chidi", "hr", "coordinator", "lead", "dpo", "guardian", "superuser")


def rows_seen_by(person) -> tuple[int, int, int]:
    """How many rows of authors, versions and their topics: asked as a view with every filter forgotten would ask."""
    with acting_as(person):
        return Authorship.objects.count(), StoryVersion.objects.count(), StoryVersion.topics.through.objects.count()


@pytest.mark.parametrize(
    ("stage", "readers"),
    [
        (draft, {"asha"}),
        (asked, {"asha", "coordinator"}),
        (published, set(EVERYBODY)),
    ],
)
def test_each_sees_what_is_theirs_to_see_and_nobody_who_wrote_it(stage, readers, request, topic, coordinator):
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    others = (coordinator,) if stage is published else ()
    stage(people["asha"], *others, topics=[topic])
    seen = {name: rows_seen_by(person) for name, person in people.items()}
    assert {name for name, (_, versions, topics) in seen.items() if versions and topics} == readers
    assert {name for name, (authors, *_) in seen.items() if authors} == {"asha"}
    assert rows_seen_by(None) == (0, 0, 0)


def test_what_is_passed_is_its_authors_and_for_whoever_passed_it(asha, chidi, hr, lead, coordinator, topic):
    passed(asha, coordinator, topics=[topic])
    assert [rows_seen_by(who)[1] for who in (asha, coordinator, lead, hr, chidi)] == [1, 1, 0, 0, 0]


def test_what_a_coordinator_writes_is_the_leads_to_read(coordinator, lead, asha):
    version = asked(coordinator)
    assert [rows_seen_by(who)[1] for who in (coordinator, lead, asha)] == [1, 1, 0]
    with acting_as(lead):
        assert list(queries.to_review(lead)) == [version]
    with acting_as(coordinator):
        assert list(queries.to_review(coordinator)) == []
        with pytest.raises(ValidationError):
            actions.pass_on(version=version, by=coordinator, ticks=Tick.values)


@pytest.mark.parametrize("who", ["asha", "chidi", "hr", "lead", "superuser"])
def test_nobody_else_is_the_second_person(who, request, asha, coordinator):
    version, person = asked(asha), request.getfixturevalue(who)
    with acting_as(person), pytest.raises((PermissionDenied, ValidationError)):
        actions.pass_on(version=version, by=person, ticks=Tick.values)


def test_no_line_of_the_list_is_left_out(asha, coordinator):
    version = asked(asha)
    with acting_as(coordinator), pytest.raises(ValidationError, match="Every line"):
        actions.pass_on(version=version, by=coordinator, ticks=Tick.values[1:])


def refused(person, version, constraint, **values):
    """The database says no to this update by this person, with the actions left out."""
    with pytest.raises(DatabaseError, match=constraint), acting_as(person):
        StoryVersion.objects.filter(pk=version.pk).update(**values)


PASSED = {"ticks": Tick.values, "publish_from": "2026-01-01", "reviewed_on": "2026-01-01"}


def test_the_database_lets_nobody_pass_or_publish_their_own(asha, coordinator):
    version = asked(asha)
    refused(asha, version, "row-level security", state="thinking", reviewed_by=coordinator, **PASSED)
    refused(asha, version, "their own story", state="thinking", reviewed_by=asha, **PASSED)
    refused(asha, version, "goes no such way", state="published", reviewed_by=coordinator, published_on="2026-02-01",
            **PASSED)  # fmt: skip
    refused(coordinator, version, "their own story", state="thinking", reviewed_by=asha, **PASSED)
    refused(coordinator, version, "story_passed_by_a_second_person", state="thinking", reviewed_by=coordinator,
            **PASSED | {"ticks": []})  # fmt: skip
    refused(coordinator, version, "story_sent_back_with", state="back", reviewed_by=coordinator)
    refused(coordinator, version, "changed in a draft", state="back", sentence="x", text="x",
            reviewed_by=coordinator)  # fmt: skip


def test_the_database_waits_for_the_day_and_keeps_the_text_that_was_read(asha, coordinator):
    soon = passed(asha, coordinator, ago=timedelta(days=6))
    refused(asha, soon, "thought over first", state="published", published_on="2026-02-01")
    refused(asha, soon, "thought over first", state="published", published_on="2026-02-01", publish_from="2026-01-01")
    refused(asha, soon, "changed in a draft|row-level", text="Something else")
    refused(asha, published(asha, coordinator), "changed in a draft", text="Something else")


def test_nobody_makes_themselves_the_author_of_what_is_there(asha, chidi, coordinator):
    version = published(asha, coordinator)
    with acting_as(asha):
        actions.remove_name(story_id=version.story_id, by=asha)
    for values in ({"author": chidi}, {"author": asha}):
        with pytest.raises(DatabaseError, match="row-level security"), acting_as(chidi):
            Authorship.objects.create(story_id=version.story_id, **values)
    for act in (actions.withdraw, actions.remove_name):
        with acting_as(chidi), pytest.raises(PermissionDenied):
            act(story_id=version.story_id, by=chidi)
    with acting_as(chidi), pytest.raises(PermissionDenied):
        actions.write(by=chidi, key=version.pk, title="t", text="t", content_note="n", name_shown="none")
    with acting_as(chidi):
        assert Story.objects.filter(pk=version.story_id).delete()[0] == 0


def test_one_version_is_open_and_one_is_published(asha, coordinator):
    version = published(asha, coordinator)
    draft(asha, story=version.story_id)
    with pytest.raises(IntegrityError, match="one_open_version_of_a_story"), acting_as(asha):
        StoryVersion.objects.create(story_id=version.story_id, title="x", text="x", content_note="x")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("story_named_as_wished", {"name_shown": "full"}),
        ("story_of_a_leader_has_a_name", {"leader": True}),
        ("story_published_says_when", {"published_on": "2026-01-01"}),
    ],
)
def test_pairs_that_cannot_be(asha, constraint, values):
    refused(asha, draft(asha), constraint, **values)


def test_nobody_puts_anothers_name_to_a_story(asha, chidi):
    refused(asha, draft(asha), "row-level security", name_shown="full", named=chidi)


# --- The roster, death and time ----------------------------------------------------------------------------


def shown_to(person) -> list[str]:
    with acting_as(person):
        return [story.title for story in queries.published()]


def test_whoever_dies_leaves_or_is_hidden_is_silent_at_once_without_a_name_a_week_later(
    asha, ben, chidi, coordinator, hr
):
    lou = PersonFactory(known_as="Lou")
    for author, title in ((asha, "one"), (ben, "two"), (lou, "three")):
        published(author, coordinator, title=title)
        published(author, coordinator, title=f"named {title}", name_shown="full")
    assert sorted(shown_to(chidi)) == ["named one", "named three", "named two", "one", "three", "two"]
    with acting_as(hr):
        record_death(person=asha, by=None, on=timezone.localdate())
        change_person(person=ben, by=hr, left=timezone.localdate())
        change_person(person=lou, by=hr, hidden=True)
    assert sorted(shown_to(chidi)) == ["one", "three", "two"], "whoever writes on the roster cannot try whose they are"
    Person.objects.filter(pk__in=(asha.pk, ben.pk)).update(gone_at=timezone.now() - timedelta(days=8))
    assert shown_to(chidi) == ["three"], "and a covert role has no name there to hide"
    ben.refresh_from_db()
    with acting_as(hr):
        change_person(person=ben, by=hr, left=None)
    assert shown_to(chidi) == ["three"]  # asked anew
    with acting_as(ben):
        for own in queries.own_stories(ben):
            actions.publish(version=own.open, by=ben)
    assert sorted(shown_to(chidi)) == ["named two", "three", "two"]


def test_a_story_goes_with_the_row_of_its_author(coordinator, chidi):
    passing = PersonFactory()
    published(passing, coordinator, title="short")
    draft(passing)
    with transaction.atomic():
        Person.objects.filter(pk=passing.pk).delete()
    assert shown_to(chidi) == []
    assert not Story.objects.exists()


def test_a_spoc_who_withdraws_takes_their_stories_along_but_not_what_is_no_longer_theirs(spoc, chidi, coordinator):
    kept = published(spoc, coordinator, title="kept", name_shown="first")
    published(spoc, coordinator, title="gone")
    with acting_as(spoc):
        actions.remove_name(story_id=kept.story_id, by=spoc)
        spocs.withdraw(spoc=spoc.spoc, by=spoc)
    assert shown_to(chidi) == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_drafts_and_the_stories_of_leavers_go_in_time(asha, ben, chidi, coordinator):
    old, new = draft(asha, title="old"), draft(asha, title="new")
    with acting_as(asha):
        StoryVersion.objects.filter(pk=old.pk).update(written_at=timezone.now() - timedelta(days=181))
    published(ben, coordinator)
    published(chidi, coordinator)
    today = timezone.localdate()
    for person, days in ((ben, 91), (chidi, 89)):
        change_person(person=person, by=None, left=today - timedelta(days=days))
    with the_worker():
        gone = retention.purge()
    assert (gone["drafts of stories"], gone["stories of leavers"]) == (1, 1)
    with acting_as(asha):
        assert [own.title for own in queries.own_stories(asha)] == ["new"]
    assert new.title == "new"


# --- What is told --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_each_is_told_of_what_waits_for_them_in_words_that_give_nothing_away(asha, coordinator, lead):
    asked(asha, title="Secret words")
    asked(coordinator, title="Secret words")
    passed(asha, coordinator, title="Secret words")
    with the_worker():
        sweep()
        told = {(r.kind, r.person_id) for r in Reminder.objects.filter(kind__startswith="spocs.story")}
    assert told == {
        ("spocs.story_to_review", coordinator.pk),
        ("spocs.story_to_review_by_lead", lead.pk),
        ("spocs.story_answered", asha.pk),
        ("spocs.story_ready", asha.pk),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", [actions.remove_name, actions.withdraw])
def test_no_reminder_is_left_of_whoever_took_their_name_off_or_their_story_back(ending, asha, ben, coordinator):
    """Also none that has lapsed: its day is the day on which that story was passed."""
    version = passed(asha, coordinator)
    passed(ben, coordinator)
    with the_worker():
        sweep()
    with acting_as(asha):
        actions.publish(version=version, by=asha)
        ending(story_id=version.story_id, by=asha)
    with the_worker():
        sweep()
        told = Reminder.objects.filter(kind__startswith="spocs.story_", person__in=(asha, ben))
        assert set(told.values_list("person", "kind")) == {
            (ben.pk, "spocs.story_answered"),
            (ben.pk, "spocs.story_ready"),
        }


# --- Where else it is printed ------------------------------------------------------------------------------------


def test_whoever_keeps_a_printed_story_is_asked_to_take_it_down_until_it_is_done(asha, ben, chidi, coordinator):
    version = published(asha, coordinator, name_shown="full")
    values = {"place": "Newsletter", "address": "", "kept_by": ben}
    with acting_as(chidi), pytest.raises(PermissionDenied):
        actions.note_printing(story_id=version.story_id, by=chidi, key=uuid.uuid4(), **values)
    key = uuid.uuid4()
    for person in (asha, coordinator):
        with acting_as(person):
            actions.note_printing(story_id=version.story_id, by=person, key=key, **values)
    with acting_as(asha):
        actions.withdraw(story_id=version.story_id, by=asha)
        assert Printing.objects.count() == 0  # what is left ties nobody to it
    with acting_as(ben):
        [printing] = queries.printings_to_take_down()
        assert (printing.asked, printing.story_id) == ("down", None)
        assert Reminder.objects.get(kind="spocs.story_printed", person=ben).about == str(key)
        actions.taken_down(printing=printing, by=ben)
    with acting_as(coordinator):
        assert not Printing.objects.exists()


def test_one_function_asks_only_for_those_whose_story_it_is(asha, ben, chidi, coordinator):
    version = published(asha, coordinator)
    with acting_as(asha):
        actions.note_printing(
            story_id=version.story_id, by=asha, key=uuid.uuid4(), place="Wall", address="", kept_by=ben
        )
    with acting_as(chidi), connection.cursor() as cursor:
        cursor.execute("select count(*) from spocs_ask_to_take_down(%s, 'down')", [version.story_id])
        assert cursor.fetchone() == (0,)
        cursor.execute("select spocs_take_off_story(%s, 'x')", [version.story_id])
        assert cursor.fetchone() == ("refused",)
