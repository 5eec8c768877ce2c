"""The pages of whoever runs the champions' network, and a champion's tally, in a browser."""

import pytest

from champions import actions
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force


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
