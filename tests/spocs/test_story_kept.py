"""What somebody types into a story while their session ends is theirs again once they are back, and nobody else's."""

import re
import uuid

import pytest

from tests.contact.test_walls import assert_nowhere
from tests.factories.stories import WORDS, published
from wellbeing.confidential.models import Draft
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "/spocs/stories/mine/"
NEW = f"{MINE}new/"
TYPED = WORDS | {"leader": "", "text": "I had not slept since the winter."}
KEPT = "We kept what you typed"


def ticket_of(page) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', page.content.decode())[1]


def typed_into(page) -> dict:
    return TYPED | {"ticket": ticket_of(page), "key": str(uuid.uuid4())}


def kept_by(person) -> int:
    with acting_as(person):
        return Draft.objects.count()


def test_what_arrives_after_the_session_has_ended_is_there_after_signing_in(browse_as, asha, chidi):
    client = browse_as(asha)
    sent = typed_into(client.get(NEW))
    client.session.flush()
    answer = client.post(NEW, sent)
    assert answer["Location"] == "/account/login/"
    assert "What you typed is kept for you." in client.get("/account/login/").content.decode()
    assert "go_on_to" not in client.session  # whoever signs in next at this computer is not led to it
    assert_nowhere(TYPED["text"], TYPED["title"])

    assert KEPT not in browse_as(chidi).get(NEW).content.decode()
    back = browse_as(asha)
    page = back.get(NEW).content.decode()
    assert KEPT in page
    assert TYPED["text"] in page
    assert sent["key"] in page
    assert "There is a problem" not in page
    assert back.post(NEW, sent)["Location"].startswith(MINE)
    assert kept_by(asha) == 0


def test_typed_in_a_session_that_is_somebody_elses_by_now_it_is_kept_for_its_author(browse_as, asha, chidi):
    sent = typed_into(browse_as(asha).get(NEW))
    assert browse_as(chidi).post(NEW, sent)["Location"] == "/"
    assert (kept_by(asha), kept_by(chidi)) == (1, 0)
    assert TYPED["text"] in browse_as(asha).get(NEW).content.decode()


def test_it_is_dropped_by_its_author_and_goes_with_the_story(browse_as, client, asha, coordinator):
    story = published(asha, coordinator).story_id
    write = f"{MINE}{story}/write/"
    author = browse_as(asha)
    sent = typed_into(author.get(write))
    for gone in (
        lambda: author.post(write, {"drop": "yes"}),
        lambda: author.post(f"{MINE}{story}/remove-name/"),
    ):
        client.post(write, sent)
        assert kept_by(asha) == 1
        gone()
        assert kept_by(asha) == 0
    client.post(write, sent)  # from a window left open: nothing ties the story to them
    with acting_as(asha):
        assert not Draft.objects.filter(form__contains=story).exists()


def test_without_a_true_ticket_nothing_is_kept(client, asha):
    assert client.post(NEW, TYPED | {"ticket": "forged"})["Location"] == "/account/login/"
    assert kept_by(asha) == 0
