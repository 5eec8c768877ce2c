"""A station's poster, on the page and as a PDF that a reader reads."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions, posted_links
from champions.queries.posters import MOST, MOST_LONG, poster, posters
from tests.champions.pdfs import alternatives_in, codes_on, reader_of, tags_in, words_on
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory, the_force
from wellbeing.people.actions import change_person, set_force
from wellbeing.support import actions as support
from wellbeing.support.models import Service

pytestmark = pytest.mark.django_db

PAGE, PDF = "/champions/stations/ashford/poster/", "/champions/stations/ashford/poster.pdf"
POINTS = {"a4": (595, 842), "a3": (842, 1191)}


@pytest.fixture
def bea(station):
    person = PersonFactory(known_as="Bea", last_name="Ward", station=station, work_phone="01622 111222")
    return champion_at(station, person=person, show_phone=True, show_mail=False, by_day=False, by_night=True).person


def pdf_of(browser, address=PDF) -> bytes:
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def verify_all(coordinator, *, oldest: date) -> None:
    support.load_shipped_services()
    for service in Service.objects.urgent():
        support.verify_service(service=service, by=coordinator)
    Service.objects.filter(name="Samaritans").update(verified_on=oldest)


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_reader_meets_names_contacts_and_numbers_in_order_on_one_tagged_page(
    browse_as, asha, champion, bea, size, settings
):
    the_force()
    pdf = pdf_of(browse_as(asha), f"{PDF}?size={size}")
    reader = reader_of(pdf)

    assert len(reader.pages) == 1
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == POINTS[size]
    words = words_on(reader)
    places = [
        words.index(part)
        for part in (
            "Someone to talk to at Ashford",
            "Aaron Pearce",
            "Central contact By day",
            "Call or text 01622 690690",
            champion.email,
            "Bea Ward",
            "By night",
            "Call 01622 111222",
            "Need help now?",
            "999",
            "0300 131 2789",
            "any crisis: independent and confidential",
            "Opens on the force's network only",
            "Scan to say that it hangs here",
            "Invented Police",
        )
    ]
    assert places == sorted(places)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert reader.metadata.title == "Someone to talk to at Ashford"
    assert reader.xmp_metadata.pdfuaid_part == "1" if hasattr(reader.xmp_metadata, "pdfuaid_part") else True
    assert [tag for tag in tags_in(pdf) if tag in ("/H1", "/H2", "/Figure")] == [
        *("/H1", "/H2", "/H2", "/H2"),
        *("/Figure", "/Figure", "/Figure"),
    ]
    assert alternatives_in(pdf)[0].endswith(f"{settings.PORTAL_URL}/champions/stations/ashford/")


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_telephone_reads_every_code_on_the_printed_page(browse_as, asha, champion, station, settings, size):
    found = codes_on(pdf_of(browse_as(asha), f"{PDF}?size={size}"))

    page = f"{settings.PORTAL_URL}/champions/stations/ashford/"
    assert sorted(found) == sorted([page, "tel:+443001312789", poster(station).hangs_here])
    assert posted_links.read(poster(station).hangs_here.split("/")[-2]).champion_id is None


def test_the_crisis_line_is_the_service_that_the_force_keeps_not_a_number_in_the_code(
    browse_as, asha, champion, coordinator
):
    support.load_shipped_services()
    line = Service.objects.get(name="Mental Health Crisis Line for policing")
    support.save_service(service=line, by=coordinator, phone="0300 999 8877")

    assert "tel:+443009998877" in codes_on(pdf_of(browse_as(asha)))


def test_where_the_force_publishes_the_station_the_poster_says_that_it_opens_anywhere(browse_as, asha, champion):
    set_force(by=None, name="Invented Police", publish_station_contacts=True)

    page = browse_as(asha).get(PAGE).content.decode()
    assert "Opens on any phone, without signing in" in page
    assert "force's network only" not in page


def test_only_what_somebody_chose_to_show_is_on_it(browse_as, asha, bea):
    page = browse_as(asha).get(PAGE).content.decode()

    assert "Call 01622 111222" in page
    assert "Text" not in page.partition("poster__people")[2].partition("poster__urgent")[0]
    assert bea.email not in page


def test_somebody_without_any_number_is_on_it_all_the_same(browse_as, asha, champion):
    actions.change_entry(champion=champion.champion, by=champion, show_mail=False)
    change_person(person=champion, by=None, work_phone="")

    assert "Speak to them in person" in words_on(reader_of(pdf_of(browse_as(asha))))
    assert "Speak to them in person" in browse_as(asha).get(PAGE).content.decode()


def test_it_hangs_for_weeks_so_that_being_away_changes_nothing_and_a_break_does(station, champion, bea):
    before = poster(station).fingerprint
    today = timezone.localdate()
    actions.go_away(champion=bea.champion, by=bea, first_day=today, last_day=today + timedelta(20))
    assert poster(station).fingerprint == before

    actions.pause(champion=bea.champion, by=bea)
    assert [one.name for one in poster(station).helpers] == ["Aaron Pearce"]
    assert poster(station).fingerprint != before


@pytest.mark.parametrize("days", [1, 7, 100])
def test_it_says_the_same_on_every_day(station, champion, bea, time_machine, days):
    for _ in range(MOST):
        champion_at(station)
    empty = StationFactory(name="Lydd", division=station.division)
    before = [one.fingerprint for one in posters([station, empty])]
    time_machine.move_to(timezone.now() + timedelta(days=days))

    assert [one.fingerprint for one in posters([station, empty])] == before


@pytest.mark.parametrize(
    "change",
    [
        lambda bea: change_person(person=bea, by=None, last_name="Winter"),
        lambda bea: actions.change_entry(champion=bea.champion, by=bea, phone="07700 900123"),
        lambda bea: actions.change_entry(champion=bea.champion, by=bea, by_day=True),
        lambda bea: actions.make_lead(champion=bea.champion, station=bea.station, by=None),
        lambda bea: actions.step_down(champion=bea.champion, by=bea),
        lambda bea: set_force(by=None, name="Another Police"),
    ],
)
def test_what_it_says_is_known_by_its_fingerprint(station, champion, bea, change):
    the_force()
    before = poster(station).fingerprint
    change(bea)
    assert poster(station).fingerprint != before


@pytest.mark.parametrize("number", [1, 8, 30])
@pytest.mark.parametrize("long", [False, True])
def test_it_fits_on_one_page_however_many_there_are_and_however_long_their_names(
    browse_as, asha, station, number, long
):
    for count in range(number):
        name = "Featherstonehaugh-Cholmondeley-Majoribanks" if long else f"Example{count}"
        known_as = "Christopher-Alexander" if long else "Kim"
        address = f"{known_as}.{name}.{count}@constabulary.force.example".lower()
        person = PersonFactory(
            known_as=known_as, last_name=name, email=address, work_phone="01622 690690", station=station
        )
        champion_at(station, person=person, show_phone=True, show_text=True)
    reader = reader_of(pdf_of(browse_as(asha)))
    fit = min(number, MOST_LONG if long else MOST)

    assert len(reader.pages) == 1
    words = words_on(reader)
    assert words.count("Call or text") == fit
    assert (f"And {number - fit} more: scan the code" in words) is (number > fit)
    assert "Made on" in words, "the end of the page is on the page"


def test_a_station_with_nobody_shows_who_is_near_and_how_to_become_one(browse_as, asha, champion, station):
    set_force(by=None, name="Invented Police", contact_email="wellbeing@force.example")
    StationFactory(name="Lydd", district=station.district, division=station.division)
    browser = browse_as(asha)

    words = words_on(reader_of(pdf_of(browser, "/champions/stations/lydd/poster.pdf")))
    for part in ("Nobody covers this station yet", "Aaron Pearce", "covers from Ashford, same district",
                 "Become a champion yourself: wellbeing@force.example"):  # fmt: skip
        assert part in words
        assert part in browser.get("/champions/stations/lydd/poster/").content.decode()


def test_it_says_on_which_day_its_numbers_were_checked_the_longest_ago_of_them(browse_as, asha, champion, coordinator):
    verify_all(coordinator, oldest=date(2025, 3, 4))

    assert "Urgent numbers checked on Tuesday 4 March 2025." in browse_as(asha).get(PAGE).content.decode()


def test_numbers_that_nobody_has_tried_are_not_said_to_be_checked(browse_as, asha, champion):
    support.load_shipped_services()

    page = browse_as(asha).get(PAGE).content.decode()
    assert "checked on" not in page
    assert f"Made on {timezone.localdate():%A} {timezone.localdate().day} " in page


def test_a_hidden_champion_is_on_no_poster(browse_as, asha, champion, bea):
    change_person(person=bea, by=None, hidden=True)
    assert "Bea" not in browse_as(asha).get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_everybody_signed_in_prints_it_and_nobody_else(browse_as, asha, champion, address):
    the_force()
    set_force(by=None, publish_station_contacts=True)
    assert browse_as(asha).get(address).status_code == 200
    assert Client().get(address).status_code == 302
    assert browse_as(asha).get(address.replace("ashford", "atlantis")).status_code == 404


def test_the_stations_page_leads_to_it_for_whoever_may_open_it(browse_as, asha, champion):
    the_force()
    set_force(by=None, publish_station_contacts=True)
    link = f'href="{PAGE}"'
    assert link in browse_as(asha).get("/champions/stations/ashford/").content.decode()
    assert link not in Client().get("/champions/stations/ashford/").content.decode()


def test_many_posters_are_read_in_as_many_queries_as_one(station):
    stations = [station, *(StationFactory() for _ in range(5))]
    for one in stations:
        champion_at(one, leads=[one])
    with CaptureQueriesContext(
        connection,
    ) as alone:
        posters(stations[:1])
    with CaptureQueriesContext(connection) as together:
        posters(stations)
    assert len(alone) == len(together)
