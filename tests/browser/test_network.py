"""The pages of whoever runs the champions' network, and a champion's tally, in a browser."""

import pytest

from champions import actions
from champions.actions import load
from champions.models import Band
from champions.queries.load import months
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force
from wellbeing.support.models import Service
from wellbeing.web.identity import acting_as


@pytest.fixture
def network(station, champion):
    """Stations with nobody, one and more in two divisions; somebody travels, somebody is on a break."""
    the_force()
    east = DivisionFactory(name="East")
    deal = StationFactory(name="Deal", division=east)
    StationFactory(name="Walmer", division=east)
    champion_at(station, deal, by_night=True)
    actions.pause(champion=champion_at(deal, person=PersonFactory(station=deal)), by=None)


def test_coverage(page, check_page, sign_in, network, lead):
    sign_in(lead)
    assert page.goto("/champions/network/coverage/").ok
    check_page(page)


def test_a_champion_counts_a_month_and_the_coordinator_sees_who_carries_much(
    page, check_page, sign_in, network, station, champion, coordinator
):
    services = [Service.objects.create(name=name, for_what="Talk", hours="always") for name in ("Listening", "Debt")]
    this, last, _ = months()
    for number in range(5):
        person = champion_at(station, person=PersonFactory(known_as=f"Ida{number}", station=station)).person
        with acting_as(person):
            load.count(by=person, month=last, conversations=Band.FEW, services=services[:1])
    sign_in(champion)
    page.goto("/champions/me/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Count your conversations").click()
    with page.expect_navigation():
        page.get_by_role("link", name=f"Count {this:%B}", exact=True).click()
    page.get_by_label("More than 10").check()
    page.get_by_label("Listening").check()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name=f"Save {this:%B}").click()
    with page.expect_navigation():
        page.get_by_role("button", name=f"None in {last:%B}").click()
    check_page(page)
    sign_in(coordinator)
    page.goto("/champions/network/load/")
    page.get_by_text("When somebody is named").click()
    check_page(page)
