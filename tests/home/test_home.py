"""The first page: somebody to talk to within three taps, and what waits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions as champion_actions
from spocs import actions as spoc_actions
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory
from tests.mentoring.away import away


def html_of(client, address="/") -> str:
    return client.get(address).content.decode()


def test_the_front_door_leads_to_help_without_signing_in(client, db):
    html = html_of(client)
    assert 'href="/urgent/"' in html
    assert 'href="/worried/"' in html
    assert "Sign in to find someone" in html


def test_home_starts_with_somebody_to_talk_to(client, asha):
    client.force_login(asha)
    html = html_of(client)
    assert "Hello, Asha" in html
    assert html.index("Find someone to talk to") < html.index("I need support now") < html.index("worried about a coll")


def test_nothing_waiting_is_said_so(client, asha):
    client.force_login(asha)
    assert "Nothing is waiting for you." in html_of(client)


def test_without_a_champion_anywhere_home_still_says_where_to_turn(client, asha):
    client.force_login(asha)
    assert "No champion is listed near Ashford yet" in html_of(client)


def test_somebody_of_no_station_gets_a_home_page(client, asha):
    type(asha).objects.filter(pk=asha.pk).update(station=None)
    client.force_login(asha)
    assert "does not say at which station you work" in html_of(client)


def test_home_leaves_no_visited_colours(client, asha):
    client.force_login(asha)
    assert "no-visited" in html_of(client)


def test_whoever_is_away_is_shown_with_the_number_of_whoever_covers(client, asha, champion, station):
    cover = champion_at(station, person=PersonFactory(known_as="Dee", last_name="Marsh", work_phone="01304 240055"))
    today = timezone.localdate()
    champion_actions.go_away(champion=champion.champion, by=champion, first_day=today, last_day=today, cover=cover)
    client.force_login(asha)
    html = html_of(client)
    assert "Dee Marsh covers meanwhile" in html
    assert "Call Aaron Pearce" not in html


def test_an_invited_spoc_finds_the_invitation_and_nobody_else_does(client, asha, chidi):
    spoc_actions.invite(person=asha, by=None)
    client.force_login(asha)
    assert "An invitation from the coordinator" in html_of(client)
    assert "You are invited to be listed here" in html_of(client, "/spocs/")
    client.force_login(chidi)
    assert "invitation" not in html_of(client)


def test_a_champion_finds_their_own_entry(client, champion, asha):
    client.force_login(champion)
    assert "Your entry as a champion" in html_of(client)
    client.force_login(asha)
    assert "Your entry as a champion" not in html_of(client)


def test_the_coordinator_finds_where_to_invite(client, coordinator, hr):
    client.force_login(coordinator)
    assert 'href="/spocs/network/"' in html_of(client, "/spocs/")
    client.force_login(hr)
    assert 'href="/spocs/network/"' not in html_of(client, "/spocs/")


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        (
            "hr",
            [
                "/mentoring/absences/",
                "/letters/",
                "/champions/network/",
                "/spocs/known/",
                "/training/compliance/",
                "/training/organise/",
            ],
        ),
        (
            "coordinator",
            [
                "/champions/network/",
                "/spocs/network/",
                "/training/organise/",
                "/mentoring/coordinator/",
                "/mentoring/career/figures/",
            ],
        ),
        (
            "lead",
            [
                "/mentoring/figures/",
                "/champions/network/coverage/",
                "/training/compliance/",
                "/letters/number/",
                "/spocs/stories/to-read/",
                "/spocs/lacked/",
                "/contact/reports/",
            ],
        ),
        ("guardian", ["/letters/number/", "/emergencies/", "/contact/reports/"]),
        ("asha", []),
    ],
)
def test_holders_of_a_role_find_its_pages_and_others_do_not(request, browse_as, who, pages):
    client = browse_as(request.getfixturevalue(who))
    html = html_of(client)

    assert ("Your role" in html) == bool(pages)
    listed = html.partition("Your role")[2].partition("Yours, when you need it")[0] if pages else ""
    assert re.findall(r'href="([^"]+)"', listed) == pages
    assert {client.get(page).status_code for page in pages} <= {200}


def test_while_somebody_is_away_their_plan_comes_first(asha, browse_as):
    client = browse_as(asha)
    assert "While you are away" not in html_of(client)
    with CaptureQueriesContext(connection) as before:
        html_of(client)
    away(asha, by=asha, first_day=0)
    with CaptureQueriesContext(connection) as after:
        html = html_of(client)

    main = html.partition('id="main"')[2]
    assert main.index("While you are away") < main.index("Find someone to talk to")
    assert len(after) <= len(before) + 1
