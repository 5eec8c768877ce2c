"""Coverage, as HR, the coordinator and the wellbeing lead see it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from champions import actions
from champions.models import Champion
from champions.queries import cover, cover_chart
from tests.champions.test_views import text_of
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory
from wellbeing.people.models import Person

pytestmark = pytest.mark.django_db

PAGE = "/champions/network/coverage/"


@pytest.fixture
def east(db):
    return DivisionFactory(name="East")


@pytest.fixture
def deal(east):
    return StationFactory(name="Deal", division=east)


@pytest.fixture
def walmer(east):
    return StationFactory(name="Walmer", division=east)


def of(station, network=None) -> cover.Cover:
    return next(one for one in (network or cover.network()).stations if one.station == station)


def test_who_may_see_it(answered_otherwise):
    assert answered_otherwise(200, ["hr", "coordinator", "lead"], [PAGE]) == []
    others = ["asha", "ben", "champion", "secretary", "dpo", "guardian", "technical_admin", "superuser"]
    assert answered_otherwise(404, others, [PAGE]) == []


def test_nobody_signed_in_and_nobody_without_a_second_step_sees_it(client, hr):
    assert "/account/login/" in client.get(PAGE).url
    client.force_login(hr)
    assert client.get(PAGE).url == reverse("second_factor_needed")


def test_a_station_without_champion_comes_first_and_one_that_lacks_nothing_last(browse_as, hr, station, deal, walmer):
    champion_at(station, leads=[station], by_night=True)
    champion_at(deal, by_night=True)
    page = text_of(browse_as(hr).get(PAGE))
    assert "1 of 3 stations has no champion." in page
    assert "1 has champions and no lead." in page
    assert page.index("Walmer East Missing No champion") < page.index("Deal East Missing No lead")
    assert page.index("Deal East") < page.index("Ashford North Missing Nothing")
    assert (
        '<a class="govuk-link" href="/champions/stations/walmer/">Walmer</a>'
        in browse_as(hr).get(PAGE).content.decode()
    )


def test_when_every_station_has_somebody_the_page_says_so(browse_as, lead, station):
    champion_at(station, leads=[station], by_night=True)
    assert "All stations covered." in text_of(browse_as(lead).get(PAGE))


def test_without_any_station_the_page_says_that(browse_as, lead, station):
    station.closed = True
    station.save()
    assert "No open station stands here yet." in text_of(browse_as(lead).get(PAGE))


def test_whoever_is_on_a_break_is_said_and_not_counted_and_whoever_is_away_is_both(station, deal):
    today = timezone.localdate()
    away, paused = champion_at(station), champion_at(station)
    actions.go_away(champion=away, first_day=today, last_day=today, by=None)
    actions.pause(champion=paused, by=None)
    here = of(station)
    assert (here.champions, here.away, here.paused) == (1, 1, 1)
    assert "Everybody away today" in here.gaps
    back = champion_at(station)
    actions.go_away(champion=back, first_day=today + timedelta(3), last_day=today + timedelta(5), by=None)
    assert (of(station).champions, of(station).away) == (2, 1)


def test_who_counts_nowhere(station):
    """Covert, gone, died, stepped down: no number of the page knows them, on a break or not."""
    today = timezone.localdate()
    hidden, hidden_paused, gone, died = (champion_at(station, leads=[]) for _ in range(4))
    actions.pause(champion=hidden_paused, by=None)
    actions.step_down(champion=champion_at(station), by=None)
    people = Person.objects
    people.filter(champion__in=[hidden, hidden_paused]).update(hidden=True)
    people.filter(champion=gone).update(left=today)
    people.filter(champion=died).update(died_on=today)
    assert Champion.objects.count() == 5
    here = of(station)
    assert (here.champions, here.paused, here.away, here.by_day, here.by_night) == (0, 0, 0, 0, 0)
    assert here.gaps == ["No champion"]


@pytest.mark.parametrize(
    ("hours", "gaps"),
    [
        ([(True, False)], ["Nobody by night"]),
        ([(False, True)], ["Nobody by day"]),
        ([(True, True)], []),
        ([(True, False), (False, True)], []),
    ],
)
def test_shifts_without_cover(station, hours, gaps):
    for number, (by_day, by_night) in enumerate(hours):
        champion_at(station, leads=[] if number else [station], by_day=by_day, by_night=by_night)
    assert of(station).gaps == gaps


def test_travelling_cover_says_how_many_come_from_where(browse_as, coordinator, station, deal):
    for _ in range(2):
        champion_at(station, deal)
    champion_at(deal, person=PersonFactory(station=None))
    assert of(deal).travelling == (("Ashford", 2), ("no station", 1))
    assert of(station).travelling == ()
    assert "Travel from Ashford (2), no station (1)" in text_of(browse_as(coordinator).get(PAGE))


def test_one_division_can_be_chosen_and_one_that_is_none_counts_as_all(browse_as, hr, station, deal):
    page = text_of(browse_as(hr).get(PAGE, {"division": "east"}))
    assert "Deal" in page
    assert "Ashford" not in page
    assert "Ashford" in text_of(browse_as(hr).get(PAGE, {"division": "atlantis"}))


def test_totals_add_up_and_the_bars_say_the_same(station, deal, walmer):
    champion_at(deal)
    champion_at(station)
    champion_at(station, by_night=True)
    network = cover.network()
    counted = {total.name: (total.none, total.one, total.more, total.no_night) for total in network.totals}
    assert counted == {"North": (0, 0, 1, 0), "East": (1, 1, 0, 2)}
    assert (network.together.stations, network.together.no_night) == (3, 2)
    east, north = cover_chart.drawn(network.totals)
    assert [(part.which, part.number, part.left, part.width) for part in east.parts] == [
        ("none", 1, 0.0, 160.0),
        ("one", 1, 160.0, 160.0),
    ]
    assert (east.sentence, north.sentence) == ("1 no champion · 1 one", "1 two or more")


def test_as_many_queries_for_three_stations_as_for_one(browse_as, hr, east):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(PAGE).status_code == 200
        return len(asked)

    browser = browse_as(hr)
    champion_at(StationFactory(name="One"), leads=[StationFactory(name="One")])
    count()  # fills the cache of what stands on every page
    before = count()
    for name in ("Two", "Three"):
        champion_at(StationFactory(name=name, division=east), StationFactory(name="One"))
    assert count() == before


def test_the_nav_and_the_first_pages_lead_there_and_show_only_what_opens(browse_as, hr, lead, coordinator, superuser):
    for person in (hr, lead):
        page = browse_as(person).get(PAGE).content.decode()
        nav = page.partition('aria-label="The champions')[2].partition("</nav>")[0]
        assert PAGE in nav
        assert "/network/load/" not in nav
        assert PAGE in browse_as(person).get("/admin/").content.decode()
    assert PAGE in browse_as(lead).get("/").content.decode()
    assert PAGE not in browse_as(superuser).get("/admin/").content.decode()
