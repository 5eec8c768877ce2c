"""Topics: found by what somebody types, and kept by the coordinator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.test_guidance_in_the_admin import text_of
from wellbeing.people import history
from wellbeing.support.actions import load_shipped_topics
from wellbeing.support.models import Topic
from wellbeing.support.queries import topics_meant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped(db):
    load_shipped_topics()


def meant(text: str) -> list[str]:
    return [topic.name for topic in topics_meant(text)]


MEANT = {
    "can't sleep": "Not sleeping",
    "CAN’T SLEEP": "Not sleeping",
    "cant sleep": "Not sleeping",
    "I can't sleep, not since the spring": "Not sleeping",
    "insom": "Not sleeping",
    "insomina": "Not sleeping",
    "slepeing": "Not sleeping",
    "the change": "Menopause",
    "menopuase": "Menopause",
    "divorced": "Separation and divorce",
    "gambled": "Drinking and other habits",
    "my wife drinks": "Drinking and other habits",
    "bullied": "Being treated badly at work",
    "depresed": "Low mood and depression",
    "grievíng": "Losing somebody",
    "PTSD": "What I saw at work",
}
URGENT = ("suicidal", "want to die", "I don’t want to be here", "end it all", "self-harm", "sleep? I want to die")
URGENT += ("I don’t want to live anymore", "cant go on", "I cannot go on like this", "thinking of taking my own life")
NOTHING = ("", "   ", "’", "…", "\0", "about the", "xylophones", "a", "🙂", "wordless " * 2000)


def test_a_topic_is_found_by_its_name_by_other_words_and_with_slips():
    assert {typed: meant(typed) for typed, topic in MEANT.items() if topic not in meant(typed)} == {}


def test_what_is_urgent_comes_first():
    assert {typed: meant(typed)[:1] for typed in URGENT} == {key: ["Thoughts of ending my life"] for key in URGENT}


def test_what_means_no_topic_finds_none():
    assert {typed: meant(typed) for typed in NOTHING} == {key: [] for key in NOTHING}


def test_the_whole_phrase_stands_before_a_word_of_it():
    assert meant("the change")[0] == "Menopause"
    assert meant("money worries")[0] == "Money worries"


def test_what_is_hidden_is_not_found():
    Topic.objects.filter(name="Menopause").update(shown=False)
    assert meant("the change") == []


def test_a_search_costs_one_query():
    with CaptureQueriesContext(connection) as queries:
        meant("can't sleep")
    assert len(queries) == 1


# --- Kept by the coordinator ---------------------------------------------------------------------------------------

TYPED = {"name": "Night terrors", "also_called": "Bad dreams,  nightmares at work\nbad dreams,, ", "order": "5"}


def test_the_coordinator_adds_a_topic_and_types_other_words_with_commas(browse_as, coordinator):
    client = browse_as(coordinator)
    assert client.post(reverse("admin:support_topic_add"), TYPED | {"shown": "on"}).status_code == 302
    topic = Topic.objects.get(name="Night terrors")
    assert topic.also_called == ["Bad dreams", "nightmares at work"]
    assert history.of(topic)[0].by == coordinator
    page = text_of(client.get(reverse("admin:support_topic_change", args=[topic.pk])))
    assert "Bad dreams, nightmares at work" in page
    assert "Night terrors" in text_of(client.get(reverse("admin:support_topic_changelist"), {"q": "bad dreams"}))


def test_the_history_says_which_words_were_changed(browse_as, coordinator):
    client, topic = browse_as(coordinator), Topic.objects.get(name="Menopause")
    address = reverse("admin:support_topic_change", args=[topic.pk])
    assert client.post(address, {"name": "Menopause", "also_called": "the change", "order": "1"}).status_code == 302
    topic.refresh_from_db()
    assert (topic.also_called, topic.shown) == (["the change"], False)
    assert "hot flushes" in text_of(client.get(reverse("admin:support_topic_history", args=[topic.pk])))


def test_what_cannot_be_is_explained_and_what_was_typed_stays(browse_as, coordinator):
    client, address = browse_as(coordinator), reverse("admin:support_topic_add")
    for wrong, sentence in (
        ({"name": "MENOPAUSE"}, "There is a topic of this name already."),
        ({"also_called": "x" * 61}, "Put a comma into"),
        ({"name": " "}, "This field is required."),
    ):
        answer = client.post(address, TYPED | {"summary": "Kept as typed."} | wrong)
        assert sentence in text_of(answer)
        assert "Kept as typed." in text_of(answer)
    assert not Topic.objects.filter(order=5).exists()


@pytest.mark.parametrize("who", ["asha", "hr", "lead", "dpo", "spoc"])
def test_nobody_else_keeps_topics(browse_as, request, who):
    answer = browse_as(request.getfixturevalue(who)).post(reverse("admin:support_topic_add"), TYPED)
    assert answer.status_code in (302, 403, 404)
    assert not Topic.objects.filter(name="Night terrors").exists()
