"""The network's page: every champion by state, and what needs doing, for the coordinator and HR."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions
from champions.models import OPEN_STATES, Champion
from tests.champions.test_policy import CAST, KEEPERS
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory

pytestmark = pytest.mark.django_db

NETWORK = "/champions/network/"


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def keep(champion, **values) -> None:
    Champion.objects.filter(person=champion).update(**values)


def someone(known_as, station, *, state="active", **values):
    """One more in the network, at `state`."""
    entry = champion_at(station, person=PersonFactory(known_as=known_as, last_name="Grey", station=station))
    gone = {} if state in OPEN_STATES else {"supervision_due": None, "serving_since": None}
    Champion.objects.filter(pk=entry.pk).update(state=state, **gone, **values)
    return entry


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_the_network_opens_to_the_coordinator_and_hr_alone(person, champion, browse_as, request):
    keeper = request.node.callspec.params["person"] in KEEPERS
    page = browse_as(person).get(NETWORK)
    assert page.status_code == (200 if keeper else 404)
    assert ("What needs doing" in page.content.decode()) is keeper


def test_everybody_stands_there_by_state(browse_as, coordinator, champion, station):
    for number, state in enumerate(("waiting", "offered", "training", "paused")):
        someone(f"Gil{number}", station, state=state)
    gone = someone("Gone", station)
    actions.step_down(champion=gone, by=gone.person)
    page = text_of(browse_as(coordinator).get(NETWORK))
    assert (
        "1 waiting for training · 1 offered a place · 1 in training · 1 active · 1 taking a break "
        "· 1 stepped down lately" in page
    )
    assert "6 people shown." in page
    assert "Gone Grey Stepped down" in page
    assert "leads Ashford" in page


def test_what_needs_doing_stands_on_top_and_leads_to_whom_it_is_about(
    browse_as, coordinator, champion, station, yesterday
):
    keep(
        champion,
        trained_on=yesterday - timedelta(days=700),
        refresher_due=yesterday,
        term_ends=yesterday,
        supervision_due=yesterday,
        serving_since=yesterday - timedelta(days=730),
    )
    someone("Tia", station, state="training", trained_on=yesterday, vetting_confirmed_on=yesterday)
    StationFactory(name="Deal")
    page = browse_as(coordinator).get(NETWORK)
    for words in (
        '<a class="govuk-link" href="?due=refresher">1 refresher is overdue</a>',
        '<a class="govuk-link" href="?due=term">1 term is over</a>',
        '<a class="govuk-link" href="?due=supervision">1 supervision is overdue</a>',
        '<a class="govuk-link" href="?due=vetting">1 champion’s vetting is not confirmed</a>',
        '<a class="govuk-link" href="?due=begin">1 person is trained and not yet listed</a>',
        "1 station has no champion</a>: Deal",
    ):
        assert words in page.content.decode()
    begins = text_of(browse_as(coordinator).get(NETWORK, {"due": "begin"}))
    assert "Tia Grey" in begins
    assert "Aaron Pearce" not in begins
    assert "2 people shown." in text_of(browse_as(coordinator).get(NETWORK, {"due": "anything"}))


def test_supervision_is_the_coordinators_and_not_hrs(browse_as, hr, champion, yesterday):
    keep(champion, supervision_due=yesterday)
    page = text_of(browse_as(hr).get(NETWORK))
    assert "Aaron Pearce" in page
    assert "upervision" not in page
    assert "1 person shown." in text_of(browse_as(hr).get(NETWORK, {"due": "supervision"}))


def test_choices_stand_in_the_address_and_an_unknown_one_counts_as_none(browse_as, coordinator, champion):
    east = DivisionFactory(name="East")
    dee = champion_at(StationFactory(name="Dover", division=east))
    client = browse_as(coordinator)
    east_alone = text_of(client.get(NETWORK, {"division": "east"}))
    assert dee.person.name in east_alone
    assert "Aaron Pearce" not in east_alone
    nobody = text_of(client.get(NETWORK, {"state": "waiting"}))
    assert "Nobody fits these choices." in nobody
    assert "2 people shown." in text_of(client.get(NETWORK, {"state": "tired", "due": "tea", "page": "x"}))


def test_somebody_hidden_stands_there_for_hr_alone(browse_as, hr, coordinator, champion):
    champion.hidden = True
    champion.save(update_fields=["hidden"])
    assert "Aaron Pearce" not in text_of(browse_as(coordinator).get(NETWORK))
    assert "Aaron Pearce" in text_of(browse_as(hr).get(NETWORK))


def test_an_empty_network_says_how_it_begins(browse_as, coordinator):
    page = text_of(browse_as(coordinator).get(NETWORK))
    assert "There is no champion yet" in page


def test_the_page_costs_as_many_queries_for_three_as_for_one(browse_as, coordinator, champion, station):
    client = browse_as(coordinator)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(NETWORK)
        return len(queries)

    count()
    one = count()
    for _ in range(2):
        champion_at(station, StationFactory())
    assert count() == one
