"""A story's whole life, as its author, a second person and everybody else meet it in a browser without JavaScript."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spocs.actions import stories as actions
from spocs.models import Authorship, Printing, Story, StoryVersion, Tick
from spocs.queries import stories as queries
from tests.factories.people import the_force
from tests.factories.spocs import a_coordinator
from tests.factories.stories import WORDS, asked, draft, pass_again, passed, published
from wellbeing.support.models import Service, Topic
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

LIST, MINE, QUEUE = "/spocs/stories/", "/spocs/stories/mine/", "/spocs/stories/to-read/"
TYPED = {**WORDS, "leader": ""}


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def own_page(story_id, step="") -> str:
    return f"{MINE}{story_id}/{step}"


# --- From the first word to the last -----------------------------------------------------------------------


def test_a_story_is_written_read_thought_over_published_and_withdrawn(browse_as, asha, chidi, coordinator, topic):
    author, reader, other = browse_as(asha), browse_as(coordinator), browse_as(chidi)
    assert "You have not written a story" in text_of(author.get(MINE))
    typed = TYPED | {"key": uuid.uuid4(), "topics": [topic.pk], "name_shown": "first", "role_words": "response officer"}
    saved = author.post(f"{MINE}new/", typed)
    story_id = StoryVersion.objects.filter(title=WORDS["title"]).values_list("story_id", flat=True)
    with acting_as(asha):
        story_id = story_id.get()
    assert saved["Location"] == own_page(story_id)
    assert "Asha, response officer · 1 minute to read" in text_of(author.get(own_page(story_id)))

    before = text_of(author.get(own_page(story_id, "ask/")))
    for said in ("managers", "HR", "professional standards", "firearm", "backup copies for 35 days"):
        assert before.index(said) < before.index("I have read who can read my story")
    assert "Tick the box once you have read it" in text_of(author.post(own_page(story_id, "ask/")))
    author.post(own_page(story_id, "ask/"), {"agree": "on"})

    version = re.search(rf"{QUEUE}([\w-]+)/", reader.get(QUEUE).content.decode())[1]
    assert "slept for weeks" in text_of(reader.get(f"{QUEUE}{version}/"))
    assert "Tick every line" in text_of(reader.post(f"{QUEUE}{version}/", {"pass": "x", "ticks": Tick.values[:2]}))
    reader.post(f"{QUEUE}{version}/", {"pass": "x", "ticks": Tick.values})
    assert "No story is waiting to be read" in text_of(reader.get(QUEUE))

    assert "You may publish it from" in text_of(author.get(own_page(story_id)))
    address = f"{LIST}{story_id}/"
    for days, offered in ((6, False), (7, True)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert ("Publish my story now" in text_of(browse_as(asha).get(own_page(story_id)))) is offered
    for days, shown in ((6, 410), (7, 200)):
        pass_again(asha, coordinator, version, ago=timedelta(days=days))
        assert other.get(address).status_code == 410  # never by itself
        author.post(own_page(story_id, "publish/"))
        assert other.get(address).status_code == shown

    page = other.get(address)
    assert "<strong>weeks</strong>" in page.content.decode()
    assert "<title>A story from a colleague" in page.content.decode()
    assert "This story speaks of not sleeping." in text_of(page)
    assert "Asha, response officer" in text_of(other.get(LIST))
    assert WORDS["title"] in text_of(other.get(f"{LIST}about/{topic.pk}/"))
    assert WORDS["title"] in text_of(other.get("/"))

    answer = {"kind": "story", "key": story_id, "answer": "yes"}
    assert other.post("/did-this-help/", answer)["Location"] == address
    author.post(own_page(story_id, "withdraw/"))
    expect_no_trace_of(address, reader=other, answer=answer)


def expect_no_trace_of(address, *, reader, answer) -> None:
    assert reader.post("/did-this-help/", answer).status_code == 404
    assert reader.post("/did-this-help/", answer | {"key": "nonsense"}).status_code == 404
    for where in (LIST, "/"):
        assert WORDS["title"] not in text_of(reader.get(where))
    gone, never = reader.get(address), reader.get(f"{LIST}{uuid.uuid4()}/")
    assert (gone.status_code, text_of(gone)) == (never.status_code, text_of(never)) == (410, text_of(never))
    assert not Story.objects.exists()


def test_what_goes_back_goes_with_a_sentence_and_comes_again_as_a_draft(browse_as, asha, coordinator):
    author, reader = browse_as(asha), browse_as(coordinator)
    version = asked(asha)
    page = f"{QUEUE}{version.pk}/"
    assert "Nobody is sent away without a word" in text_of(reader.post(page, {"back": "x"}))
    reader.post(page, {"back": "x", "sentence": "Could you leave the town out?"})
    assert "Could you leave the town out?" in text_of(author.get(own_page(version.story_id)))
    assert "Could you leave the town out?" in text_of(author.get(own_page(version.story_id, "write/")))
    author.post(own_page(version.story_id, "write/"), TYPED | {"key": version.pk, "text": "Without the town."})
    author.post(own_page(version.story_id, "ask/"), {"agree": "on"})
    assert "Without the town." in text_of(reader.get(page))


def test_a_new_version_is_read_anew_while_the_old_one_stays_up(browse_as, asha, chidi, coordinator):
    version = published(asha, coordinator)
    author, other = browse_as(asha), browse_as(chidi)
    page, address = own_page(version.story_id, "write/"), version.get_absolute_url()
    assert "What is published stays up" in text_of(author.get(page))
    typed = TYPED | {"key": uuid.uuid4(), "title": "A better title"}
    author.post(page, typed)
    author.post(own_page(version.story_id, "ask/"), {"agree": "on"})
    assert WORDS["title"] in text_of(other.get(address))
    new = re.search(rf"{QUEUE}([\w-]+)/", browse_as(coordinator).get(QUEUE).content.decode())[1]
    browse_as(coordinator).post(f"{QUEUE}{new}/", {"pass": "x", "ticks": Tick.values})
    pass_again(asha, coordinator, new, ago=timedelta(days=7))
    author.post(own_page(version.story_id, "publish/"))
    assert "A better title" in text_of(other.get(address))


DISCARD = "Delete this version, and leave the published one up"


@pytest.mark.parametrize("how_far", ["draft", "review", "back", "thinking"])
def test_a_new_version_is_deleted_alone_however_far_it_is(browse_as, asha, coordinator, how_far):
    first = published(asha, coordinator)
    author, page = browse_as(asha), own_page(first.story_id)
    assert DISCARD not in text_of(author.get(page))
    second = draft(asha, story=first.story_id, title="Said better")
    if how_far != "draft":
        with acting_as(asha):
            actions.ask_for_review(version=second, by=asha)
    with acting_as(coordinator):
        if how_far == "back":
            actions.send_back(version=second, by=coordinator, sentence="Please.")
        elif how_far == "thinking":
            actions.pass_on(version=second, by=coordinator, ticks=Tick.values)
    assert DISCARD in text_of(author.get(page))
    for _ in range(2):
        assert author.post(f"{page}discard/")["Location"] == page
        assert "The new version is deleted. What is published stays up." in author.get(page).content.decode()
    with acting_as(asha):
        assert list(StoryVersion.objects.values_list("pk", "state")) == [(first.pk, "published")]
    assert "Said better" not in text_of(browse_as(coordinator).get(QUEUE))


def test_a_version_of_which_nothing_is_published_is_not_deleted_that_way(browse_as, asha):
    version = draft(asha)
    author, page = browse_as(asha), own_page(version.story_id)
    assert DISCARD not in text_of(author.get(page))
    assert author.post(f"{page}discard/")["Location"] == page
    assert "Nothing of it is published just now" in author.get(page).content.decode()
    with acting_as(asha):
        assert StoryVersion.objects.filter(pk=version.pk).exists()


def test_the_name_is_taken_off_and_the_story_stays_and_is_nobodys(browse_as, asha, chidi, coordinator):
    version = published(asha, coordinator, name_shown="full", role_words="response officer", leader=True)
    author, other = browse_as(asha), browse_as(chidi)
    assert f"Asha Patel, {asha.rank_or_grade}, response officer" in text_of(other.get(LIST))
    page = own_page(version.story_id, "remove-name/")
    assert "This cannot be undone." in text_of(author.get(page))
    author.post(page)
    assert "A colleague · 1 minute" in text_of(other.get(LIST))
    assert "Asha" not in text_of(other.get(version.get_absolute_url()))
    assert "You have not written a story" in text_of(author.get(MINE))
    author.post(own_page(version.story_id, "withdraw/"))
    assert other.get(version.get_absolute_url()).status_code == 200  # no longer theirs to take down
    with acting_as(asha):
        assert not Authorship.objects.exists()
    off = f"{version.get_absolute_url()}take-off/"
    assert other.get(off).status_code == 404
    browse_as(coordinator).post(off, {"sentence": "They asked for it."})
    assert other.get(version.get_absolute_url()).status_code == 410
    assert not Story.objects.exists()


def test_whoever_printed_it_is_asked_to_take_off_the_name_and_later_the_whole(browse_as, asha, ben, coordinator):
    version = published(asha, coordinator, name_shown="first")
    typed = {"key": uuid.uuid4(), "place": "Canteen wall", "address": "", "kept_by": ben.staff_number}
    browse_as(asha).post(f"{version.get_absolute_url()}printed/", typed)
    browse_as(asha).post(own_page(version.story_id, "remove-name/"))
    assert "Canteen wall Take the name off" in text_of(browse_as(ben).get(f"{LIST}printed/"))
    browse_as(coordinator).post(f"{version.get_absolute_url()}take-off/", {"sentence": "They asked for it."})
    assert "Canteen wall Take it down." in text_of(browse_as(ben).get(f"{LIST}printed/"))


def test_a_story_says_how_long_it_takes_what_it_speaks_of_and_who_can_help(browse_as, asha, chidi, coordinator, topic):
    Service.objects.create(name="Rest of the test", for_what="nights", phone="01632 960001").topics.add(topic)
    version = published(asha, coordinator, text="word " * 610, topics=[topic])
    for page in (LIST, version.get_absolute_url()):
        shown = text_of(browse_as(chidi).get(page))
        assert "3 minutes to read" in shown
        assert "This story speaks of not sleeping." in shown
    assert "Rest of the test" in shown


def test_no_story_is_first_every_day(asha, coordinator):
    for title in ("one", "two", "three"):
        published(asha, coordinator, title=title)
    firsts = set()
    with acting_as(asha):
        for day in range(40):
            with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
                [first, *_] = queries.of_the_day()
                assert queries.in_fair_order(queries.published())[0] == first
                firsts.add(first.title)
    assert firsts == {"one", "two", "three"}


def test_a_story_that_must_not_stand_goes_back_to_its_author(browse_as, asha, ben, chidi, coordinator):
    version = published(asha, coordinator)
    typed = {"key": uuid.uuid4(), "place": "Canteen wall", "address": "", "kept_by": ben.staff_number}
    browse_as(asha).post(f"{version.get_absolute_url()}printed/", typed)
    browse_as(coordinator).post(f"{version.get_absolute_url()}take-off/", {"sentence": "Your neighbour is in it."})
    assert browse_as(chidi).get(version.get_absolute_url()).status_code == 410
    assert "Your neighbour is in it." in text_of(browse_as(asha).get(own_page(version.story_id)))
    assert "Canteen wall Take it down." in text_of(browse_as(ben).get(f"{LIST}printed/"))


def test_a_double_click_makes_one_draft_and_what_is_missing_is_said_beside_it(browse_as, asha):
    author = browse_as(asha)
    typed = TYPED | {"key": uuid.uuid4()}
    for _ in range(2):
        author.post(f"{MINE}new/", typed)
    with acting_as(asha):
        assert StoryVersion.objects.count() == Story.objects.count() == 1
    answer = text_of(author.post(f"{MINE}new/", typed | {"title": "", "content_note": "", "leader": "on"}))
    for sentence in ("Give your story a title.", "Say what your story speaks of", "Your rank shows with your name"):
        assert sentence in answer
    assert "slept for **weeks**" in answer


def test_a_new_line_counts_as_the_one_character_that_a_browser_counts(browse_as, asha):
    text = "\r\n".join(["a" * 99] * 120)
    answer = browse_as(asha).post(f"{MINE}new/", TYPED | {"key": uuid.uuid4(), "text": text})
    assert answer.status_code == 302


def test_nothing_that_is_typed_runs(browse_as, asha, chidi, coordinator):
    script = "<script>alert(1)</script>"
    words = dict.fromkeys(("title", "content_note", "role_words"), script)
    text = f"{script}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    version = published(asha, coordinator, text=text, **words)
    for page in (LIST, version.get_absolute_url(), "/", own_page(version.story_id)):
        shown = browse_as(asha).get(page).content.decode()
        assert script not in shown
        assert "&lt;script&gt;" in shown
        assert 'href="javascript' not in shown
        assert "<img src=x" not in shown


def test_hints_are_given_while_somebody_writes_and_hold_nobody_up(browse_as, asha):
    text = "I rang Sgt Miller on 07700 900123."
    hints = browse_as(asha).post(f"{MINE}cautions/", {"text": text}).content.decode()
    assert "colleague" in hints
    assert "number" in hints
    version = draft(asha, text=text)
    assert "You may want to look at this again" in text_of(browse_as(asha).get(own_page(version.story_id)))
    assert browse_as(asha).post(f"{MINE}cautions/", {"text": "I could not sleep."}).content.strip() == b""


# --- Who finds which page -------------------------------------------------------------------------------------


def test_nobody_but_its_author_has_a_storys_own_pages(browse_as, request, asha, coordinator):
    drafted, shown = draft(asha), published(asha, coordinator)
    for who in ("chidi", "ben", "hr", "lead", "dpo", "coordinator", "superuser"):
        client = browse_as(request.getfixturevalue(who))
        for version in (drafted, shown):
            for step in ("", "write/", "ask/", "remove-name/"):
                assert client.get(own_page(version.story_id, step)).status_code == 404, (who, step)
            for step in ("take-back/", "publish/", "discard/", "withdraw/", "remove-name/"):
                client.post(own_page(version.story_id, step))
        with acting_as(asha):
            assert {version.state for version in StoryVersion.objects.all()} == {"draft", "published"}, who
        assert client.get(f"{LIST}{drafted.story_id}/").status_code == 410, who


def test_what_waits_to_be_read_is_for_whoever_reads_it(browse_as, request, asha):
    version = asked(asha)
    for who in ("asha", "chidi", "hr", "dpo", "champion", "superuser"):
        client = browse_as(request.getfixturevalue(who))
        for page in (QUEUE, f"{QUEUE}{version.pk}/"):
            assert client.get(page).status_code == 404, (who, page)
            assert client.post(page, {"pass": "x", "ticks": Tick.values}).status_code == 404, (who, page)


def test_the_lead_reads_what_a_coordinator_wrote_and_sets_no_days(browse_as, coordinator, lead, asha):
    asked(coordinator, title="Mine")
    asked(asha, title="Hers")
    for who, title in ((lead, "Mine"), (coordinator, "Hers")):
        page = text_of(browse_as(who).get(QUEUE))
        assert [name for name in ("Mine", "Hers") if name in page] == [title]
    browse_as(lead).post(QUEUE, {"days_to_think": 60})
    assert queries.rules().days_to_think == 7
    assert "greater than or equal to 7" in text_of(browse_as(coordinator).post(QUEUE, {"days_to_think": 1}))
    browse_as(coordinator).post(QUEUE, {"days_to_think": 14})
    version = passed(asha, coordinator, ago=timedelta(days=10))
    assert "You may publish it from" in text_of(browse_as(asha).get(own_page(version.story_id)))


@pytest.mark.parametrize("address", [LIST, MINE, f"{LIST}{uuid.UUID(int=1)}/", QUEUE])
def test_nothing_shows_without_signing_in_and_no_address_is_remembered(client, address):
    assert client.get(address)["Location"] == "/account/login/"
    assert "go_on_to" not in client.session


def test_no_admin_page_has_stories():
    assert not {Story, StoryVersion, Authorship, Printing} & set(admin.site._registry)


def test_where_a_story_is_printed_is_noted_and_ticked_off(browse_as, asha, ben, chidi, coordinator):
    version = published(asha, coordinator)
    page = f"{version.get_absolute_url()}printed/"
    assert browse_as(chidi).get(page).status_code == 404
    typed = {"key": uuid.uuid4(), "place": "Newsletter, page 3", "address": "", "kept_by": ben.staff_number}
    for _ in range(2):
        browse_as(asha).post(page, typed)
    assert "Newsletter, page 3, kept by Ben Okafor" in text_of(browse_as(coordinator).get(page))
    assert "There is nothing to take down" in text_of(browse_as(ben).get(f"{LIST}printed/"))
    browse_as(asha).post(own_page(version.story_id, "withdraw/"))
    to_do = browse_as(ben).get(f"{LIST}printed/")
    assert "Newsletter, page 3" in text_of(to_do)
    assert WORDS["title"] not in text_of(to_do)
    assert "There is nothing to take down" in text_of(browse_as(chidi).get(f"{LIST}printed/"))
    done = re.search(rf"{LIST}printed/[\w-]+/", to_do.content.decode())[0]
    browse_as(chidi).post(done)
    assert "Newsletter" in text_of(browse_as(coordinator).get(f"{LIST}printed/"))
    for _ in range(2):
        browse_as(ben).post(done)
    assert "There is nothing to take down" in text_of(browse_as(coordinator).get(f"{LIST}printed/"))


def printed(author, kept_by) -> str:
    """A published story of theirs, printed somewhere, the name taken off since; returns the page that notes it."""
    version = published(author, a_coordinator(), name_shown="full")
    values = {"place": "Page 3", "address": "", "kept_by": kept_by}
    with acting_as(author):
        actions.note_printing(story_id=version.story_id, by=author, key=uuid.uuid4(), **values)
        actions.remove_name(story_id=version.story_id, by=author)
    return f"{version.get_absolute_url()}printed/"


def test_no_list_costs_more_queries_for_three_than_for_one(browse_as, asha, ben, chidi, coordinator, topic):
    the_force()
    noted = printed(asha, ben)
    pages = [(chidi, LIST), (chidi, f"{LIST}about/{topic.pk}/"), (asha, MINE), (coordinator, QUEUE), (chidi, "/")]
    pages += [(ben, f"{LIST}printed/"), (coordinator, f"{LIST}printed/"), (coordinator, noted)]
    clients = [(browse_as(who), page) for who, page in pages]

    def counts() -> list[int]:
        found = []
        for client, page in clients:
            client.get(page)
            with CaptureQueriesContext(connection) as run:
                client.get(page)
            found.append(len(run))
        return found

    published(asha, coordinator, topics=[topic], name_shown="full")
    asked(asha)
    few = counts()
    for _ in range(2):
        published(asha, coordinator, topics=[topic], name_shown="full")
        asked(asha, topics=[topic])
        printed(asha, ben)
    assert counts() == few


def test_whoever_runs_the_stories_needs_a_second_factor_for_what_is_not_their_own(client, asha, ben, coordinator):
    version = published(asha, coordinator)
    client.force_login(coordinator)
    for page in (QUEUE, f"{version.get_absolute_url()}take-off/", f"{version.get_absolute_url()}printed/"):
        assert client.get(page)["Location"] == "/account/second-factor/"
    client.force_login(asha)
    assert client.get(f"{version.get_absolute_url()}printed/").status_code == 200
    client.post(own_page(version.story_id, "withdraw/"))  # as easy as giving it
    assert client.get(version.get_absolute_url()).status_code == 410


def test_a_story_names_no_topic_that_is_hidden(browse_as, asha, chidi, coordinator, topic):
    version = published(asha, coordinator, topics=[topic])
    Topic.objects.filter(pk=topic.pk).update(shown=False)
    assert topic.name not in text_of(browse_as(chidi).get(version.get_absolute_url()))
    assert browse_as(chidi).get(f"{LIST}about/{topic.pk}/").status_code == 404
