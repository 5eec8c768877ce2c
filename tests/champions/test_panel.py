"""The panel that the force's intranet may frame: what is public anyway, the same for everybody."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.champions import champion_at
from tests.factories.people import the_force
from wellbeing.people.actions import set_force

pytestmark = pytest.mark.django_db

PANEL = "/champions/stations/ashford/panel/"
INTRANET = "https://intranet.force.example"


@pytest.fixture
def published(champion):
    the_force()
    set_force(by=None, publish_station_contacts=True)


def test_it_shows_champions_and_urgent_numbers_where_the_force_publishes_them(published, champion):
    page = Client().get(PANEL).content.decode()
    assert "Call Aaron Pearce: 01622 690690" in page
    assert "Central contact" in page
    assert "tel:+443001312789" in page


def test_elsewhere_it_shows_urgent_numbers_and_the_way_into_the_portal(champion, settings):
    the_force()
    page = Client().get(PANEL).content.decode()
    assert "Aaron" not in page
    assert "tel:+443001312789" in page
    assert f'href="{settings.PORTAL_URL}/champions/stations/ashford/"' in page


def test_it_is_the_same_for_somebody_signed_in_and_counts_as_no_click(champion, browse_as, time_machine, asha):
    the_force()
    time_machine.move_to(timezone.now())
    browser = browse_as(asha)
    browser.get("/champions/")
    seen = browser.session["seen"]
    time_machine.shift(900)
    answer = browser.get(PANEL)

    assert answer.content == Client().get(PANEL).content
    assert answer.cookies == {}
    assert browser.session["seen"] == seen


def test_every_link_leaves_the_frame_and_there_is_nothing_to_run(published):
    page = Client().get(PANEL).content.decode()
    links = re.findall(r"<a [^>]*>", page)
    assert links
    assert [link for link in links if 'target="_top"' not in link] == []
    assert "<script" not in page
    assert "<form" not in page


def test_without_origins_it_is_framed_nowhere(published):
    answer = Client().get(PANEL)
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_with_origins_their_pages_may_frame_it_and_nothing_else(published, settings):
    settings.PANEL_ORIGINS = [INTRANET, "https://hub.force.example"]
    answer = Client().get(PANEL)
    assert f"frame-ancestors {INTRANET} https://hub.force.example" in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("address", ["/", "/urgent/", "/champions/stations/ashford/", "/account/login/"])
def test_every_other_page_is_framed_nowhere_whatever_the_origins(published, settings, address):
    settings.PANEL_ORIGINS = [INTRANET]
    answer = Client().get(address)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_station_that_is_not_there_still_shows_urgent_numbers(published, settings):
    settings.PANEL_ORIGINS = [INTRANET]
    answer = Client().get("/champions/stations/atlantis/panel/")
    assert answer.status_code == 404
    assert "tel:+443001312789" in answer.content.decode()
    assert INTRANET in answer["Content-Security-Policy"]


def test_as_many_queries_for_three_champions_as_for_one(published, station):
    with CaptureQueriesContext(connection) as one:
        Client().get(PANEL)
    champion_at(station), champion_at(station)
    with CaptureQueriesContext(connection) as three:
        Client().get(PANEL)
    assert len(one) == len(three)


def test_only_looking_is_possible(published):
    assert Client().post(PANEL).status_code in (403, 405)
