"""Withdrawing while others read: once it is done, no request that comes after finds anything."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic, sleep
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc, TopicConsent
from tests.factories.people import PersonFactory
from tests.factories.spocs import by_oneself, listed_spoc, topic
from tests.factories.stories import published
from wellbeing.people.actions import change_person
from wellbeing.support.models import Topic

pytestmark = pytest.mark.django_db(transaction=True)

NAME, TOPIC, STORY = "Quilla", "Not sleeping", "The year of the lighthouse"


def _of_a_page(address):
    return lambda browser, spoc: browser.get(address(spoc)).content.decode()


def _found_by_searching(browser, spoc):
    """The page of results, in which the box itself repeats what was typed: so only where it leads to the profile."""
    page = browser.post("/search/", {"text": NAME}).content.decode()
    return NAME * (spoc.get_absolute_url() in page)


# What others look at meanwhile: each returns what it found. Whatever else finds SPOCs joins here.
READS = {
    "the list": _of_a_page(lambda spoc: "/spocs/everybody/"),
    "the profile": _of_a_page(lambda spoc: spoc.get_absolute_url()),
    "their topic": _of_a_page(lambda spoc: f"/spocs/topics/{Topic.objects.get(name=TOPIC).pk}/"),
    "the stories": _of_a_page(lambda spoc: "/spocs/stories/"),
    "the first page": _of_a_page(lambda spoc: "/"),
    "asking them": _of_a_page(lambda spoc: f"/contact/ask/{spoc.pk}/"),
    "the search": _found_by_searching,
    "the search for a story": lambda browser, spoc: browser.post("/search/", {"text": "lighthouse"}).content.decode(),
    "the rows of topics": lambda browser, spoc: NAME * TopicConsent.objects.filter(spoc=spoc.pk).count(),
    "the rows of profiles": lambda browser, spoc: NAME * Spoc.objects.filter(pk=spoc.pk).count(),
}


def test_while_others_read_somebody_withdraws_and_whoever_comes_later_finds_nothing(
    browse_as, asha, station, coordinator
):
    kim = listed_spoc(person=PersonFactory(known_as=NAME, station=station), topics=[topic(TOPIC)])
    published(kim.person, coordinator, title=STORY, name_shown="first", topics=[topic(TOPIC)])
    own, done, all_have_read = browse_as(kim.person), Event(), Barrier(len(READS) + 1, timeout=60)
    browsers = {what: browse_as(asha) for what in READS}

    def read(what) -> list[tuple[float, bool]]:
        seen = []
        try:
            while not done.is_set() or len(seen) < 3:
                began = monotonic()
                seen.append((began, NAME in READS[what](browsers[what], kim)))
                if len(seen) == 1:
                    all_have_read.wait()
            return seen
        finally:
            connection.close()

    with ThreadPoolExecutor(len(READS)) as pool:
        reading = {what: pool.submit(read, what) for what in READS}
        all_have_read.wait()
        withdrawn = own.post("/spocs/me/withdraw/")
        withdrawn_at = monotonic()
        sleep(1)
        done.set()
        seen = {what: readings.result(timeout=60) for what, readings in reading.items()}

    assert "You are off the list" in withdrawn.content.decode()
    for what, readings in seen.items():
        assert any(found for _, found in readings), f"{what} never found them before"
        later = [found for began, found in readings if began > withdrawn_at]
        assert later, f"nobody read {what} afterwards"
        assert not any(later), f"{what} found them afterwards"


def test_withdrawn_paused_left_and_never_there_are_one_answer_to_the_last_byte(browse_as, asha, coordinator):
    there = {state: listed_spoc(person=PersonFactory(known_as=NAME)) for state in ("withdrawn", "paused", "left")}
    by_oneself(actions.withdraw, there["withdrawn"])
    by_oneself(actions.pause, there["paused"])
    change_person(person=there["left"].person, by=None, left=timezone.localdate())
    addresses = [spoc.get_absolute_url() for spoc in there.values()]
    browser = browse_as(asha)

    def answer(address) -> tuple:
        response = browser.get(address)
        # The only thing that differs from one request to the next, wherever it leads.
        body = re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", response.content)
        return response.status_code, body, sorted(response.headers.items()), sorted(response.cookies)

    with time_machine.travel(timezone.now(), tick=False):  # the page says when the session ends
        browser.get("/spocs/")
        first, *others = [answer(address) for address in [f"/spocs/{uuid4()}/", *addresses]]
    assert first[0] == 410
    for other in others:
        assert other == first
    assert NAME.encode() not in first[1]
