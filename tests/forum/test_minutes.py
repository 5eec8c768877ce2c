"""Minutes: written by the secretary, read and commented on by those who sit at the forum, approved later."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions import minutes as actions
from forum.models import Minutes, MinutesComment, MinutesVersion
from tests.factories import forum
from tests.pages import text_of
from wellbeing.people.models import Change
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

OTHERS = ["asha", "ben", "champion", "spoc", "hr", "coordinator", "lead", "guardian", "dpo", "technical_admin"]
OTHERS += ["superuser", "former"]
WORDS = "## Canteen\n\nMuch was said about night food."


@pytest.fixture
def held(secretary, representative, deputy):
    return forum.over(forum.meeting(by=secretary), by=secretary, came=[representative])


@pytest.fixture
def written(browse_as, secretary, held):
    """The secretary's first version, which nobody else sees."""
    browse_as(secretary).post(f"/forum/meetings/{held.pk}/minutes/write/", {"seen": 0, "text": WORDS})
    return held


@pytest.fixture
def shared(browse_as, secretary, written):
    browse_as(secretary).post(f"/forum/meetings/{written.pk}/minutes/share/")
    return written


@pytest.fixture
def later(secretary, shared):
    """A later meeting that was held as well."""
    return forum.over(forum.meeting(by=secretary, in_days=20), by=secretary)


def approve(browse_as, secretary, shared, later):
    moved = timezone.now() - timedelta(days=40)
    forum.put(shared, starts_at=moved, ends_at=moved + timedelta(hours=2))
    address = f"/forum/meetings/{shared.pk}/minutes/approve/"
    return browse_as(secretary).post(address, {"at": later.pk}, follow=True)


def test_they_begin_with_who_was_there_and_what_was_decided(browse_as, secretary, held, representative):
    forum.outcome(held, "Hot food at night")
    page = browse_as(secretary).get(f"/forum/meetings/{held.pk}/minutes/write/").content.decode()
    assert "Present: Rita Unison (UNISON)." in page
    assert "- Hot food at night (Estates, by" in page


def test_nobody_else_reads_minutes(answered_otherwise, browse_as, request, shared):
    address = f"/forum/meetings/{shared.pk}/minutes/"
    assert answered_otherwise(404, OTHERS, [address, f"post {address}"]) == []
    for who in OTHERS:
        person = request.getfixturevalue(who)
        assert "night food" not in text_of(browse_as(person).get(shared.get_absolute_url())), who
        with acting_as(person):
            assert not Minutes.objects.exists(), who
            assert not MinutesVersion.objects.exists(), who
            assert not MinutesComment.objects.exists(), who


def test_the_secretary_alone_writes_them(answered_otherwise, shared):
    address = f"/forum/meetings/{shared.pk}/minutes/"
    pages = [f"{address}write/", f"post {address}share/", f"{address}approve/"]
    assert answered_otherwise(404, [*OTHERS, "representative", "deputy"], pages) == []


@pytest.mark.parametrize("who", ["representative", "deputy"])
def test_a_draft_is_read_by_those_who_sit_there_once_it_is_shared(browse_as, secretary, request, written, who):
    client, address = browse_as(request.getfixturevalue(who)), f"/forum/meetings/{written.pk}/minutes/"
    assert client.get(address).status_code == 404
    browse_as(secretary).post(f"{address}share/")
    page = client.get(address)
    assert "Much was said about night food." in text_of(page)
    assert "<h2" in page.content.decode()


def test_versions_from_before_the_sharing_stay_the_secretarys(browse_as, secretary, written, representative):
    client, address = browse_as(secretary), f"/forum/meetings/{written.pk}/minutes/"
    client.post(f"{address}write/", {"seen": 1, "text": "A second version"})
    client.post(f"{address}share/")
    client.post(f"{address}write/", {"seen": 2, "text": "A third version"})
    with acting_as(representative):
        assert list(MinutesVersion.objects.values_list("number", flat=True)) == [3, 2]
    assert "Version 1" in text_of(client.get(address))
    assert "Version 1" not in text_of(browse_as(representative).get(address))


def test_two_windows_lose_nothing(browse_as, secretary, written):
    client, address = browse_as(secretary), f"/forum/meetings/{written.pk}/minutes/write/"
    client.post(address, {"seen": 1, "text": "From the first window"})
    page = client.post(address, {"seen": 1, "text": "From the second window"})
    assert "Somebody saved another version meanwhile" in text_of(page)
    assert "From the first window" in text_of(page)
    assert "From the second window" in text_of(page)
    client.post(address, {"seen": page.context["form"]["seen"].value(), "text": "From the second window"})
    with acting_as(secretary):
        assert list(MinutesVersion.objects.values_list("number", flat=True)) == [3, 2, 1]


def test_how_it_reads_is_shown_before_it_is_saved(browse_as, secretary, written):
    form = {"seen": 1, "text": "**Loud**<script>1</script>", "preview": "1"}
    page = browse_as(secretary).post(f"/forum/meetings/{written.pk}/minutes/write/", form).content.decode()
    assert "<strong>Loud</strong>&lt;script&gt;" in page
    with acting_as(secretary):
        assert MinutesVersion.objects.count() == 1


@pytest.mark.parametrize(("page", "box"), [("minutes/write/", "text"), ("outcomes/paste/", "notes")])
def test_what_was_typed_when_the_session_ended_is_found_again(browse_as, secretary, chidi, held, client, page, box):
    address = f"/forum/meetings/{held.pk}/{page}"
    ticket = browse_as(secretary).get(address).context["form"]["ticket"].value()
    form = {"seen": 0, box: "Typed for an hour", "ticket": ticket}
    asked = client.post(address, form)
    assert "/account/login/" in asked.url
    elsewhere = browse_as(chidi).post(address, form, follow=True)
    assert "Somebody else typed this." in text_of(elsewhere)
    assert "Typed for an hour" in browse_as(secretary).get(address).content.decode()
    client.force_login(secretary)  # without a second factor
    assert "/second-factor/" in client.post(address, form | {box: "Typed once more"}).url
    assert "Typed once more" in browse_as(secretary).get(address).content.decode()


def test_drafts_of_outcomes_and_ticked_lines_are_kept_when_the_session_ends(browse_as, secretary, held, client):
    keeper, address = browse_as(secretary), f"/forum/meetings/{held.pk}/outcomes/"
    page = keeper.post(f"{address}paste/", {"notes": "Action: hot food. Owner: Estates. Due: 12 January"})
    ticked = {name: page.context["form"][name].value() for name in ("notes", "ticket", "marking")}
    assert "/account/login/" in client.post(f"{address}paste/", ticked | {"take": ["0"]}).url
    assert "Action: hot food." in keeper.get(f"{address}paste/").content.decode()
    page = keeper.get(address)
    typed = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-id": uuid.uuid4(), "form-0-text": "A kettle"}
    client.post(address, typed | {"ticket": page.context["ticket"], "form-0-due_day": "31", "publish": "yes"})
    kept = keeper.get(address)
    assert "A kettle" in kept.content.decode()
    sent = typed | {"form-0-id": kept.context["forms"][0]["id"].value()}
    assert keeper.post(address, sent).status_code == 302
    assert [one.text for one in forum.outcomes(held)] == ["A kettle"]
    assert 'value="31"' not in keeper.get(address).content.decode()


# --- Comments ---------------------------------------------------------------------------------------------


def test_a_comment_stands_once_and_the_secretary_says_what_was_done(browse_as, secretary, shared, representative):
    client, address = browse_as(representative), f"/forum/meetings/{shared.pk}/minutes/"
    form = {"key": uuid.uuid4(), "text": "It was about day food too."}
    client.post(address, form)
    client.post(address, form)
    with acting_as(secretary):
        (comment,) = MinutesComment.objects.all()
    keeper = browse_as(secretary)
    keeper.post(f"/forum/minutes/comments/{comment.pk}/", {"settled": "Added."})
    assert "Done about it: Added." in text_of(client.get(address))
    empty = keeper.post(f"/forum/minutes/comments/{comment.pk}/", {"settled": " "}, follow=True)
    assert "Say in a sentence" in text_of(empty)


def test_an_empty_comment_is_refused_beside_the_box(browse_as, shared, representative):
    page = browse_as(representative).post(f"/forum/meetings/{shared.pk}/minutes/", {"key": uuid.uuid4(), "text": ""})
    assert "There is a problem" in text_of(page)


def test_after_the_last_day_nobody_comments_not_even_in_sql(browse_as, secretary, shared, representative, as_owner):
    as_owner.execute("update forum_minutes set comment_until = current_date - 1")
    form = {"key": uuid.uuid4(), "text": "Too late"}
    page = browse_as(representative).post(f"/forum/meetings/{shared.pk}/minutes/", form, follow=True)
    assert "The time for comments is over." in text_of(page)
    assert "Too late" in page.content.decode()
    with acting_as(secretary):
        assert not MinutesComment.objects.exists()


def test_whoever_was_invited_is_asked_to_read_them_until_they_have_commented(browse_as, shared, representative):
    with acting_as(representative):
        assert Reminder.objects.filter(kind="forum.comment").count() == 1


# --- Approval ---------------------------------------------------------------------------------------------


def test_approved_at_a_later_meeting_they_stay_as_they_are(browse_as, secretary, shared, later, representative):
    assert "The minutes are approved" in text_of(approve(browse_as, secretary, shared, later))
    address = f"/forum/meetings/{shared.pk}/minutes/"
    refused = browse_as(secretary).post(f"{address}write/", {"seen": 1, "text": "Other words"}, follow=True)
    assert "These minutes are approved, and stay as they are." in text_of(refused)
    assert "Other words" in text_of(refused)
    assert "Approved on" in text_of(browse_as(representative).get(address))
    with acting_as(secretary):
        assert Minutes.objects.update(state="draft") == 0
        assert MinutesVersion.objects.update(shown=False) == 0


def test_once_approved_nothing_is_done_about_a_comment_any_more(browse_as, secretary, shared, later, representative):
    _say(shared, representative)
    approve(browse_as, secretary, shared, later)
    with acting_as(secretary):
        comment = MinutesComment.objects.get()
    page = browse_as(secretary).post(f"/forum/minutes/comments/{comment.pk}/", {"settled": "Added."}, follow=True)
    assert "These minutes are approved, and stay as they are." in text_of(page)


def test_an_earlier_meeting_approves_nothing(browse_as, secretary, shared, later):
    page = browse_as(secretary).post(f"/forum/meetings/{later.pk}/minutes/approve/", {"at": shared.pk})
    assert "Approved at" not in text_of(page) or "Select a valid choice" in text_of(page)
    with acting_as(secretary):
        assert not Minutes.objects.filter(state="approved").exists()


def test_what_was_never_shared_is_not_approved(browse_as, secretary, written):
    with acting_as(secretary):
        nexts = forum.over(forum.meeting(by=secretary, in_days=20), by=secretary)
    assert "Share the draft first" in text_of(approve(browse_as, secretary, written, nexts))


def test_before_the_meeting_was_held_there_are_none(browse_as, secretary, representative):
    planned = forum.meeting(by=secretary)
    page = browse_as(secretary).post(f"/forum/meetings/{planned.pk}/minutes/share/", follow=True)
    assert "Write down first who came" in text_of(page)


def test_no_word_of_them_is_in_the_history(shared):
    assert "night food" not in str(list(Change.objects.values()))


def test_the_page_asks_the_same_number_of_questions(
    browse_as, secretary, shared, representative, deputy, django_assert_num_queries
):
    client, address = browse_as(secretary), f"/forum/meetings/{shared.pk}/minutes/"
    _say(shared, representative)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for person in (representative, deputy, deputy):
        _say(shared, person)
    with django_assert_num_queries(len(one)):
        client.get(address)


def _say(meeting, person):
    with acting_as(person):
        actions.comment(key=uuid.uuid4(), meeting=meeting, text="Yes.", by=person)
