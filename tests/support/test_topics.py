"""Topics: found by what somebody types, and kept by the coordinator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
