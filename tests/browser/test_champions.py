"""Finding a champion as people do: with a keyboard, on a phone, with and without JavaScript."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from champions import actions
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force
from wellbeing.people.actions import set_force


@pytest.fixture
def deal(db):
    return StationFactory(name="Deal", district="Dover", division=DivisionFactory(name="East"))


@pytest.fixture
def network(champion, station, deal):
    """Aaron leads Ashford; Bea is there at night; Dee at Deal is away, and Aaron covers. Walmer has nobody."""
    the_force()
    set_force(by=None, contact_name="the wellbeing team", contact_email="wellbeing@force.example")
    bea = PersonFactory(known_as="Bea", last_name="Ward-Featherstonehaugh", station=station, rank_or_grade="Grade D")
    champion_at(station, deal, person=bea, by_day=False, by_night=True)
    dee = PersonFactory(known_as="Dee", last_name="Marsh", station=deal, work_phone="01304 240055")
    away = champion_at(deal, person=dee, show_phone=True)
    today = timezone.localdate()
    actions.go_away(champion=away, by=dee, first_day=today, last_day=today + timedelta(9), cover=champion.champion)
    StationFactory(name="Walmer", district="Dover", division=deal.division)
    return champion


def tab_to(page, link) -> None:
    """Press Tab until the cursor is on `link`; never a mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never reached {link}")


def test_from_home_to_a_phone_number_by_keyboard_in_three_activations_at_most(page, sign_in, network, asha):
    sign_in(asha)
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Find someone to talk to").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/champions/")
    profile = page.get_by_role("link", name="Aaron Pearce", exact=True)
    tab_to(page, profile)
    page.keyboard.press("Enter")
    call = page.get_by_role("link", name="Call Aaron Pearce: 01622 690690")
    tab_to(page, call)
    assert call.get_attribute("href") == "tel:+441622690690"


def test_filtering_as_one_types_announces_the_count_and_keeps_the_address(page, sign_in, network, asha):
    sign_in(asha)
    page.goto("/champions/")
    count = page.get_by_role("status").filter(has_text="nearest to you first")
    expect(count).to_be_visible()
    page.get_by_label("Station or name").press_sequentially("aar", delay=20)
    expect(page.locator("#found")).to_have_text("1 champion found.")
    expect(page.locator("#found")).to_have_role("status")
    expect(page.get_by_role("link", name="Aaron Pearce", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Dee Marsh", exact=True)).to_have_count(0)
    page.get_by_label("Station or name").fill("")
    page.get_by_label("Available").select_option("By night")
    expect(page.locator("#found")).to_have_text("1 champion found.")
    expect(page.get_by_role("link", name="Bea Ward-Featherstonehaugh", exact=True)).to_be_visible()
    assert page.evaluate("[location.pathname + location.search, history.length]") == ["/champions/", 2]


def test_the_next_page_takes_the_cursor_along(page, sign_in, network, station, asha):
    for _ in range(26):
        champion_at(station)
    sign_in(asha)
    page.goto("/champions/")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("button", name="Previous page")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_everything_works_without_javascript(browser, base_url, context, sign_in, network, asha):
    sign_in(asha)
    plain = browser.new_context(base_url=base_url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto("/champions/")
    page.get_by_label("Station or name").fill("Walmer")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="Nobody covers Walmer yet")).to_be_visible()
    expect(page.get_by_label("Station or name")).to_have_value("Walmer")
    assert page.url.endswith("/champions/")
    page.get_by_label("Station or name").fill("")
    page.get_by_label("Division").select_option("East")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**/champions/?division=east")
    page.get_by_role("link", name="Dee Marsh", exact=True).click()
    expect(page.get_by_text("Aaron Pearce covers meanwhile.")).to_be_visible()
    plain.close()


@pytest.mark.parametrize(
    "address",
    [
        "/champions/",
        "/champions/?division=east",
        "/champions/?division=north&when=night&page=9",
        "/champions/stations/ashford/",
        "/champions/stations/walmer/",
        "/champions/stations/atlantis/",
        "/champions/00000000-0000-0000-0000-000000000000/",
        "/champions/me/",
    ],
)
def test_pages_for_everybody_look_right(page, sign_in, network, asha, check_page, address):
    sign_in(asha)
    page.goto(address)
    check_page(page)


def test_what_typing_brings_looks_right(page, sign_in, network, asha, check_page):
    sign_in(asha)
    page.goto("/champions/")
    page.get_by_label("Station or name").press_sequentially("Asfrod", delay=20)
    expect(page.locator("#found")).to_contain_text("No champion found")
    check_page(page)


def test_a_profile_looks_right(page, sign_in, network, asha, check_page):
    actions.change_entry(champion=network.champion, by=network, about_me="I have two dogs and an open door.")
    sign_in(asha)
    page.goto(network.champion.get_absolute_url())
    check_page(page)


@pytest.mark.parametrize("address", ["", "entry/", "stations/", "away/", "step-down/"])
def test_a_champions_own_pages_look_right(page, sign_in, network, check_page, address):
    sign_in(network)
    page.goto(f"/champions/me/{address}")
    check_page(page)


def test_an_error_link_puts_the_cursor_in_its_field(page, sign_in, network, check_page):
    sign_in(network)
    page.goto("/champions/me/entry/")
    for way in ("Call me", "Text me", "E-mail me"):
        page.get_by_label(way).uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Save my entry").click()
    check_page(page)
    page.get_by_role("link", name="Choose at least one way to reach you.").click()
    assert page.evaluate("document.activeElement.id") == "id_show_phone"


def test_a_published_station_page_looks_right_to_the_world(page, network, check_page):
    set_force(by=None, publish_station_contacts=True)
    page.goto("/champions/stations/ashford/")
    expect(page.get_by_role("link", name="Call Aaron Pearce: 01622 690690")).to_be_visible()
    check_page(page)


def test_a_station_page_prints_names_and_numbers_and_no_navigation(page, sign_in, network, asha):
    sign_in(asha)
    page.goto("/champions/stations/ashford/")
    page.emulate_media(media="print")
    expect(page.get_by_text("01622 690690")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator(".app-strip")).to_be_visible()


def test_the_web_servers_own_log_says_nothing_of_who_was_looked_at(page, sign_in, network, asha):
    sign_in(asha)
    page.goto("/champions/")
    page.get_by_label("Station or name").press_sequentially("aaron pearce", delay=20)
    expect(page.locator("#found")).to_have_text("1 champion found.")
    page.goto(network.champion.get_absolute_url())
    log = Path(settings.VAR_DIR, "web.log").read_text().lower()
    for trace in ("pearce", str(network.champion.pk), "/champions/"):
        assert trace not in log
