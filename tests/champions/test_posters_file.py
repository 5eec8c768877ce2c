"""All posters as one file: asked for once, made by whichever worker comes first, kept for a day."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions, tasks
from champions.models import PosterRun, Posting
from tests.champions.pdfs import reader_of, words_on
from tests.databases import the_worker
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory
from tests.outages import broker_away, messages_sent_to
from tests.reminders.conftest import mail_server, patience, processes  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/champions/network/posters/"


@pytest.fixture
def stations(station):
    """Ashford and Deal, with a champion each, and Lydd with nobody."""
    deal = StationFactory(name="Deal", division=DivisionFactory(name="East"))
    for one in (station, deal):
        champion_at(one, leads=[one])
    return [station, deal, StationFactory(name="Lydd", division=station.division)]


def ask(browser, **values) -> str:
    """Ask for a file, and return the address of its page."""
    values = {"key": str(uuid.uuid4()), "size": "a4", "division": ""} | values
    answer = browser.post(LIST, values)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def make() -> None:
    with the_worker():
        tasks.make_waiting_posters.apply(throw=True)


def run_of(address: str) -> PosterRun:
    return PosterRun.objects.get(pk=address.rstrip("/").rpartition("/")[2])


def asked_by(person, **values) -> PosterRun:
    return actions.ask_for_posters(**({"key": uuid.uuid4(), "size": "a4", "division": None, "by": person} | values))


# --- From asking to the file --------------------------------------------------------------------------------


def test_a_page_for_each_station_with_a_bookmark_by_division(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser, size="a3")
    page = browser.get(address).content.decode()
    assert "Waiting for the portal" in page
    assert '<progress aria-label="Posters ready" max="3" value="0">' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page

    make()

    page = browser.get(address).content.decode()
    assert "a page for each of 3 stations" in page
    answer = browser.get(address.rstrip("/") + ".pdf")
    reader = reader_of(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="posters-all-a3.pdf"'
    assert [words_on(reader, number).split(" Champions are")[0][:32] for number in range(2)] == [
        "Someone to talk to at Deal",
        "Someone to talk to at Ashford",
    ]
    assert "Nobody covers this station yet" in words_on(reader, 2)
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        "Someone to talk to at Deal",
        "Someone to talk to at Ashford",
        "Someone to talk to at Lydd",
    ]
    assert reader.metadata.title == "Posters of champions, all stations"


def test_one_division_alone(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser, division="east")
    make()
    answer = browser.get(address.rstrip("/") + ".pdf")
    assert len(reader_of(answer.content).pages) == 1
    assert answer["Content-Disposition"] == 'attachment; filename="posters-east-a4.pdf"'


def test_a_division_without_an_open_station_is_refused_beside_the_choice(browse_as, coordinator, stations):
    DivisionFactory(name="South")
    page = browse_as(coordinator).post(LIST, {"key": uuid.uuid4(), "size": "a3", "division": "south"})
    assert "There is no open station to make a poster for." in page.content.decode()
    assert not PosterRun.objects.exists()


def test_a_double_click_makes_one_file(browse_as, coordinator, stations):
    browser, key = browse_as(coordinator), str(uuid.uuid4())
    assert ask(browser, key=key) == ask(browser, key=key)
    assert PosterRun.objects.count() == 1


def test_the_progress_that_a_page_asks_for_ends_with_the_whole_page(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser)
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="progress" hx-get=')
    make()
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_worker_that_does_not_come_is_told_of(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser)
    PosterRun.objects.update(asked_at=timezone.now() - timedelta(seconds=20))
    assert "The background worker does not answer." in browser.get(address).content.decode()


# --- Who --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        *[(who, True) for who in ("coordinator", "hr")],
        *[(who, False) for who in ("asha", "ben", "champion", "spoc", "welfare_mentor", "secretary", "lead")],
        *[(who, False) for who in ("guardian", "dpo", "technical_admin", "superuser")],
    ],
)
def test_whoever_runs_the_network_or_keeps_the_list_makes_them(browse_as, stations, request, who, opens):
    browser = browse_as(request.getfixturevalue(who))
    assert browser.get(LIST).status_code == (200 if opens else 404)
    values = {"key": str(uuid.uuid4()), "size": "a4", "division": ""}
    assert browser.post(LIST, values).status_code == (302 if opens else 404)
    assert PosterRun.objects.count() == int(opens)


def test_a_file_is_for_whoever_asked_for_it(browse_as, coordinator, hr, stations):
    key = str(uuid.uuid4())
    address = ask(browse_as(coordinator), key=key)
    make()
    other = browse_as(hr)
    for page in (address, address.rstrip("/") + ".pdf"):
        assert other.get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert "ask once more" in other.post(LIST, {"key": key, "size": "a4", "division": ""}).content.decode()


def test_a_file_that_is_not_made_yet_leads_to_its_page(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser)
    assert browser.get(address.rstrip("/") + ".pdf")["Location"] == address


# --- Workers ----------------------------------------------------------------------------------------------------


def test_two_workers_make_it_once(coordinator, stations):
    run = asked_by(coordinator)
    with transaction.atomic():
        PosterRun.objects.select_for_update().get(pk=run.pk)
        other = threading.Thread(target=_in_a_thread, args=(tasks.make_waiting_posters,))
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
        run.refresh_from_db()
        assert run.is_waiting
    make()
    run.refresh_from_db()
    made_at = run.made_at
    with the_worker():
        tasks.make_posters(str(run.pk))
    run.refresh_from_db()
    assert (run.is_made, run.made_at) == (True, made_at)


def _in_a_thread(work):
    try:
        work()
    finally:
        connection.close()


def test_what_fails_each_time_is_given_up_and_said_so(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    address = ask(browser)
    PosterRun.objects.update(attempts=3)
    make()
    assert run_of(address).state == "failed"
    assert "The posters could not be made" in browser.get(address).content.decode()


def test_a_broker_that_is_away_loses_nothing(browse_as, coordinator, stations):
    with messages_sent_to("redis+socket:///nonexistent/valkey.sock"), broker_away():
        address = ask(browse_as(coordinator))
    make()
    assert run_of(address).is_made


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_worker_killed_in_the_middle_leaves_it_to_the_next(
    coordinator,
    stations,
    processes,  # noqa: F811
    patience,  # noqa: F811
    as_owner,
):
    for number in range(150):
        one = StationFactory(name=f"Outpost {number}")
        champion_at(one, person=PersonFactory(station=one))
    first = processes.worker()
    run = asked_by(coordinator)

    def is_at_it() -> bool:
        as_owner.execute("select attempts, state from champions_posterrun")
        attempts, state = as_owner.fetchone()
        assert state == "waiting"
        return attempts == 1

    patience(is_at_it)
    processes.kill(first)
    as_owner.execute("select state, pdf is null from champions_posterrun")
    assert as_owner.fetchone() == ("waiting", True)

    processes.worker()
    tasks.make_waiting_posters.delay()

    def is_made() -> bool:
        as_owner.execute("select state from champions_posterrun where id = %s", [str(run.pk)])
        return as_owner.fetchone()[0] == "made"

    patience(is_made, seconds=120)


# --- What is kept, and the list -----------------------------------------------------------------------------


def test_a_file_is_kept_for_a_day(coordinator, stations):
    asked_by(coordinator)
    PosterRun.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    young = asked_by(coordinator)
    make()
    with the_worker():
        tasks.purge_posters.apply(throw=True)
    assert list(PosterRun.objects.all()) == [young]


def test_the_list_says_of_every_station_where_its_poster_stands(browse_as, coordinator, stations, champion):
    from champions.models import How
    from champions.queries.posters import poster

    actions.confirm_posted(poster=poster(stations[0]), by=champion, how=How.PAGE)
    actions.confirm_posted(poster=poster(stations[1]), by=None, how=How.QR)
    Posting.objects.filter(pk=stations[1].pk).update(says="something else")
    page = " ".join(browse_as(coordinator).get(LIST).content.decode().split())
    assert ">Ashford</a>: hangs, said in the portal on" in page
    assert "by Aaron Pearce" in page
    assert ">Deal</a>: <strong>out of date</strong> since" in page
    assert ">Lydd</a>: nobody has said yet that it hangs" in page


def test_the_list_asks_as_often_for_many_stations_as_for_few(browse_as, coordinator, stations):
    browser = browse_as(coordinator)
    asked_by(coordinator)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    for _ in range(3):
        StationFactory()
        asked_by(coordinator)
    with CaptureQueriesContext(connection) as many:
        browser.get(LIST)
    assert len(few) == len(many)


def test_an_empty_force_has_an_empty_list(browse_as, coordinator):
    type(coordinator.station).objects.update(closed=True)
    assert "There is no open station yet." in browse_as(coordinator).get(LIST).content.decode()
