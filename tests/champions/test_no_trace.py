"""Promise 1: browsing leaves no trace here. Compared over every table, the cache and the log."""

import logging
from uuid import uuid4

import pytest

from champions import actions
from tests.factories.people import the_force
from tests.traces import everything_cached, everything_stored
from wellbeing.people.actions import set_force

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "aar pearc"


def look_around(client, champion) -> None:
    address = champion.champion.get_absolute_url()
    for answer in (
        client.get("/champions/"),
        client.get("/champions/", {"division": "north", "when": "day"}),
        client.post("/champions/", {"text": TYPED}),
        client.post("/champions/", {"text": TYPED}, headers={"HX-Request": "true"}),
        client.post("/champions/", {"text": "Nobody of this name"}),
        client.get("/champions/stations/ashford/"),
        client.get(address),
    ):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert TYPED not in str(answer.headers)
    assert client.get(f"/champions/{uuid4()}/").status_code == 404


def test_looking_changes_no_table_and_no_cache_and_writes_no_line(browse_as, asha, champion, as_owner, caplog):
    client = browse_as(asha)
    client.get("/")
    before, cached_before = everything_stored(as_owner), everything_cached()
    assert before["django_session"]
    assert before["champions_champion"]
    with caplog.at_level(logging.DEBUG):
        look_around(client, champion)
    assert everything_stored(as_owner) == before
    assert everything_cached() == cached_before
    for word in (TYPED, "Pearce", "Nobody of this name", str(champion.champion.pk), "north"):
        assert word.lower() not in caplog.text.lower()


def test_the_comparison_would_see_a_trace(asha, champion, as_owner):
    before = everything_stored(as_owner)
    actions.change_entry(champion=champion.champion, by=asha, by_night=True)
    assert everything_stored(as_owner) != before


def test_a_search_before_signing_in_is_not_remembered_either(client, champion, as_owner):
    client.get(champion.champion.get_absolute_url())
    client.post("/champions/", {"text": TYPED})
    stored = str(everything_stored(as_owner)["django_session"])
    assert client.session.get("go_on_to") == "/champions/"
    assert str(champion.champion.pk) not in stored


def test_a_published_station_sets_no_cookie_and_stores_nothing(client, champion, station, as_owner):
    the_force()
    set_force(by=None, publish_station_contacts=True)
    before = everything_stored(as_owner)
    answer = client.get("/champions/stations/ashford/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert everything_stored(as_owner) == before
