"""Two windows, or two people, at one story in the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from spocs.actions import stories as actions
from spocs.models import Printing, StoryVersion
from tests.factories.stories import WORDS, draft, passed, published
from wellbeing.web.identity import acting_as

TYPED = {**WORDS, "leader": "", "title": "As it was typed"}


def posted_meanwhile(browser, address, typed, *, by, act):
    """What a post answers that begins once `act` is done, and before it is committed."""
    browser.raise_request_exception = False

    def post():
        try:
            return browser.post(address, typed)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with acting_as(by), transaction.atomic():
            act()
            answer = pool.submit(post)
            sleep(1)  # until it waits
        return answer.result(timeout=30)


def titles(author) -> set[tuple[str, str]]:
    with acting_as(author):
        return set(StoryVersion.objects.values_list("state", "title"))


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_while_it_is_published_becomes_a_new_version(browse_as, asha, coordinator):
    version = passed(asha, coordinator)
    answer = posted_meanwhile(
        browse_as(asha),
        f"/spocs/stories/mine/{version.story_id}/write/",
        TYPED | {"key": version.pk},
        by=asha,
        act=lambda: actions.publish(version=version, by=asha),
    )
    assert answer.status_code == 302
    assert titles(asha) == {("published", WORDS["title"]), ("draft", TYPED["title"])}


@pytest.mark.django_db(transaction=True)
def test_a_place_noted_while_the_story_is_withdrawn_finds_no_story(browse_as, asha, coordinator, chidi):
    version = published(asha, coordinator)
    answer = posted_meanwhile(
        browse_as(coordinator),
        f"{version.get_absolute_url()}printed/",
        {"key": uuid.uuid4(), "place": "The canteen", "kept_by": chidi.staff_number},
        by=asha,
        act=lambda: actions.withdraw(story_id=version.story_id, by=asha),
    )
    assert answer.status_code == 404
    with acting_as(coordinator):
        assert not Printing.objects.exists()


@pytest.mark.django_db
def test_what_was_typed_in_a_window_from_before_it_was_published_is_kept(browse_as, asha, coordinator):
    version = published(asha, coordinator)
    for _ in range(2):
        browse_as(asha).post(f"/spocs/stories/mine/{version.story_id}/write/", TYPED | {"key": version.pk})
    assert titles(asha) == {("published", WORDS["title"]), ("draft", TYPED["title"])}


@pytest.mark.django_db
def test_the_key_of_somebody_elses_draft_is_answered_as_one_that_may_not(browse_as, asha, chidi):
    answer = browse_as(asha).post("/spocs/stories/mine/new/", TYPED | {"key": draft(chidi).pk})
    assert answer.status_code == 403
    assert titles(asha) == set()
    assert titles(chidi) == {("draft", WORDS["title"])}
