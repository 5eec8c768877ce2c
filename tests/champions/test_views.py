"""The pages, as they come to a browser without JavaScript."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions
from champions.models import Champion
from tests.factories.champions import champion_at
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory, the_force
from wellbeing.people.actions import change_person, set_force

pytestmark = pytest.mark.django_db

DIRECTORY = "/champions/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def deal():
    return StationFactory(name="Deal", district="Dover", division=DivisionFactory(name="East"))


@pytest.fixture
def dee(deal):
    person = PersonFactory(known_as="Dee", last_name="Marsh", station=deal, work_phone="01304 240055")
    return champion_at(deal, person=person, show_phone=True, show_mail=False).person


def text_of(response) -> str:
    """What is read on the page, in one line."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0] or response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- The directory --------------------------------------------------------------------------------------


def test_the_directory_shows_ones_own_station_first_with_links_that_say_whom(browse_as, asha, champion, dee):
    page = browse_as(asha).get(DIRECTORY).content.decode()
    assert "At Ashford, where you work" in page
    assert '<a class="govuk-link app-way" href="tel:+441622690690">Call Aaron Pearce' in page
    assert '<a class="govuk-link app-way" href="sms:+441622690690">Text Aaron Pearce</a>' in page
    assert ">E-mail Aaron Pearce</a>" in page
    assert page.index("Aaron Pearce") < page.index("Dee Marsh")


def test_a_mistyped_station_is_met_with_those_that_may_be_meant(browse_as, asha, dee):
    page = browse_as(asha).post(DIRECTORY, {"text": "Ashfrod"}, headers=HTMX).content.decode()
    assert "Did you mean" in page
    assert '<a class="govuk-link" href="/champions/stations/ashford/">Ashford</a>' in page


def test_only_what_somebody_chose_to_show_is_on_the_page(browse_as, asha, dee):
    page = browse_as(asha).get(DIRECTORY).content.decode()
    assert "Call Dee Marsh" in page
    assert "Text Dee Marsh" not in page
    assert dee.email not in page


def test_where_ones_own_station_has_nobody_the_page_says_so(browse_as, asha, dee):
    assert "Nobody covers Ashford, where you work, yet." in text_of(browse_as(asha).get(DIRECTORY))


def test_somebody_without_a_station_sees_everybody(browse_as, dee):
    visitor = PersonFactory(station=None)
    assert "Dee Marsh" in text_of(browse_as(visitor).get(DIRECTORY))


def test_what_is_typed_is_posted_and_stands_in_no_address(browse_as, asha, champion, dee):
    page = browse_as(asha).post(DIRECTORY, {"text": "dee mar"})
    assert page.status_code == 200
    assert "1 champion found." in text_of(page)
    assert "Aaron Pearce" not in text_of(page)
    assert 'value="dee mar"' in page.content.decode()
    assert not re.search(r'(href|action)="[^"]*dee[^"]{0,3}mar', page.content.decode())


def test_choices_without_text_may_stand_in_the_address(browse_as, asha, dee, deal):
    page = browse_as(asha).post(DIRECTORY, {"text": " ", "division": "east", "when": "day", "page": "1"}, follow=True)
    assert page.redirect_chain == [("/champions/?division=east&when=day&page=1", 302)]
    assert "1 champion found." in text_of(page)
    assert "Stations in East" in text_of(page)


def test_while_typing_only_the_results_come_and_the_count_goes_to_the_live_region(browse_as, asha, dee):
    page = browse_as(asha).post(DIRECTORY, {"text": "dee"}, headers=HTMX)
    assert '<div hx-swap-oob="innerHTML:#found">' in page.content.decode()
    assert "1 champion found." in page.content.decode()
    assert "<main" not in page.content.decode()


def test_the_live_region_is_on_the_page_before_anything_is_typed(browse_as, asha):
    assert '<p id="found" class="govuk-body found" role="status">' in browse_as(asha).get(DIRECTORY).content.decode()


def test_an_unknown_station_stays_typed_and_divisions_are_offered(browse_as, asha, dee):
    page = browse_as(asha).post(DIRECTORY, {"text": "Asfrod"})
    assert "No champion found for “Asfrod”." in text_of(page)
    assert 'value="Asfrod"' in page.content.decode()
    assert '<a class="govuk-link" href="/champions/?division=east">East</a>' in page.content.decode()


def test_a_station_without_champion_offers_the_nearest_with_the_reason(browse_as, asha, dee, deal):
    StationFactory(name="Walmer", district="Dover", division=deal.division)
    page = text_of(browse_as(asha).post(DIRECTORY, {"text": "Walmer"}))
    assert "Nobody covers Walmer yet" in page
    assert "Covers from Deal, same district" in page
    assert "Call Dee Marsh" in page


def test_an_empty_directory_leads_to_urgent_help(browse_as, asha):
    page = text_of(browse_as(asha).post(DIRECTORY, {"text": "Ashford"}))
    assert "No champion is listed anywhere yet." in page
    assert "urgent help" in page


def test_choices_that_do_not_exist_count_as_none(browse_as, asha, dee):
    page = browse_as(asha).get(DIRECTORY, {"division": "nowhere", "when": "noon", "page": "x"})
    assert "Dee Marsh" in text_of(page)


def test_pages_turn_by_buttons_of_the_form(browse_as, asha, station):
    for _ in range(26):
        champion_at(station)
    client = browse_as(asha)
    assert 'form="search" name="page" value="2"' in client.get(DIRECTORY).content.decode()
    second = client.post(DIRECTORY, {"text": "", "page": "2"}, follow=True).content.decode()
    assert second.count('class="champion"') == 1
    assert 'name="page" value="1"' in second


def test_somebody_away_names_who_covers_and_is_not_called(browse_as, asha, champion, dee):
    until = timezone.localdate() + timedelta(3)
    actions.go_away(
        champion=dee.champion, by=dee, first_day=timezone.localdate(), last_day=until, cover=champion.champion
    )
    page = text_of(browse_as(asha).post(DIRECTORY, {"text": "dee"}))
    assert f"Away until {until:%A} {until.day} {until:%B}" in page
    assert "; Aaron Pearce covers meanwhile." in page
    assert "Call Dee Marsh" not in page
    assert "Call Aaron Pearce" in page


@pytest.mark.parametrize("name", ["The wellbeing team", "Hana Malik"])
def test_how_to_become_one_is_said_with_whom_to_ask(browse_as, asha, name):
    the_force()
    set_force(by=None, contact_name=name, contact_email="wellbeing@force.example")
    page = text_of(browse_as(asha).get(DIRECTORY))
    assert f"Contact: {name}, wellbeing@force.example" in page
    assert "Are you one?" not in page


def test_what_people_typed_about_themselves_is_text_and_nothing_else(browse_as, asha, champion):
    actions.change_entry(champion=champion.champion, by=champion, about_me="<script>alert(1)</script>")
    change_person(person=champion, by=None, last_name="<b>Pearce</b>")
    client = browse_as(asha)
    for address in (DIRECTORY, champion.champion.get_absolute_url(), "/champions/stations/ashford/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Pearce" not in page
    assert "<script>alert" not in client.post(DIRECTORY, {"text": "<script>alert(1)</script>"}).content.decode()


def own_queries(captured) -> int:
    """How many queries a page itself asked, beside those that session, identity and transaction cost."""
    asked = [query["sql"] for query in captured if query["sql"].startswith('SELECT "') or "COUNT" in query["sql"]]
    return len([sql for sql in asked if "django_session" not in sql]) - 1  # and one for who is signed in


@pytest.mark.parametrize("ask", ["directory", "division", "typed", "station", "profile", "nobody"])
def test_a_page_costs_as_many_queries_for_thirty_as_for_three(ask, browse_as, asha, champion, station, deal):
    client = browse_as(asha)
    verb, *arguments = {
        "directory": (client.get, DIRECTORY),
        "division": (client.get, f"{DIRECTORY}?division={station.division.slug}&when=day"),
        "typed": (client.post, DIRECTORY, {"text": "ashford"}),
        "station": (client.get, "/champions/stations/ashford/"),
        "profile": (client.get, champion.champion.get_absolute_url()),
        "nobody": (client.get, "/champions/stations/deal/"),
    }[ask]

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert verb(*arguments).status_code == 200
        return own_queries(queries)

    the_force()
    for _ in range(2):
        champion_at(station)
    three = count()
    for _ in range(27):
        champion_at(station)
    assert three <= 9
    assert count() - three in (0, 1)  # one more where a search fills its page and has to be counted


# --- A station ----------------------------------------------------------------------------------------------


def test_a_station_shows_its_lead_as_the_central_contact(browse_as, asha, champion, station):
    champion_at(station, person=PersonFactory(known_as="Travis", station=StationFactory(name="Deal")))
    page = text_of(browse_as(asha).get("/champions/stations/ashford/"))
    assert "Aaron Pearce Central contact Available by day" in page
    assert "travels here from Deal" in page


def test_a_station_without_champion_offers_the_nearest(browse_as, asha, champion, deal):
    page = text_of(browse_as(asha).get("/champions/stations/deal/"))
    assert "Nobody covers Deal yet" in page
    assert "Covers from Ashford, North" in page


def test_an_unknown_or_closed_station_offers_divisions(browse_as, asha, deal):
    StationFactory(name="Shut", closed=True)
    for slug in ("atlantis", "shut"):
        page = browse_as(asha).get(f"/champions/stations/{slug}/")
        assert page.status_code == 404
        assert "/champions/?division=east" in page.content.decode()


def test_a_station_is_closed_to_the_world_unless_the_force_publishes_it(client, champion):
    the_force()
    assert client.get("/champions/stations/ashford/")["Location"] == "/account/login/"
    assert client.get("/champions/stations/atlantis/")["Location"] == "/account/login/"
    set_force(by=None, publish_station_contacts=True)
    page = client.get("/champions/stations/ashford/")
    assert "Call Aaron Pearce" in text_of(page)
    assert "999" in page.content.decode()


def test_the_world_sees_what_was_chosen_and_no_way_further_in(client, champion, dee):
    the_force()
    set_force(by=None, publish_station_contacts=True)
    actions.change_entry(champion=dee.champion, by=dee, about_me="In the canteen.")
    page = client.get("/champions/stations/deal/").content.decode()
    assert "Call Dee Marsh" in page
    for kept in (dee.email, "canteen", str(dee.champion.pk), "/champions/me/", "E-mail Dee"):
        assert kept not in page


@pytest.mark.parametrize("address", [DIRECTORY, "/champions/me/", f"/champions/{UUID(int=1)}/"])
def test_everything_else_asks_for_a_sign_in(client, address):
    assert client.get(address)["Location"] == "/account/login/"


# --- A profile -------------------------------------------------------------------------------------------------


def test_a_profile_says_whom_it_reaches_and_what_they_cover(browse_as, asha, champion):
    actions.change_entry(champion=champion.champion, by=champion, about_me="I have two dogs.")
    page = text_of(browse_as(asha).get(champion.champion.get_absolute_url()))
    assert "Call Aaron Pearce: 01622 690690" in page
    assert "I have two dogs." in page
    assert "Ashford , as its central contact" in page


def test_stepped_down_and_unknown_are_answered_alike(browse_as, asha, champion):
    client = browse_as(asha)
    actions.step_down(champion=champion.champion, by=champion)
    gone, unknown = client.get(champion.champion.get_absolute_url()), client.get(f"/champions/{uuid4()}/")
    assert gone.status_code == unknown.status_code == 404
    assert text_of(gone) == text_of(unknown)
    assert "no longer listed" in text_of(gone)


# --- One's own entry -----------------------------------------------------------------------------------------------

ENTRY = {"show_phone": "on", "phone": "07700 900111", "by_night": "on", "about_me": "Ring me on nights."}


def test_a_champion_changes_what_shows_at_once(browse_as, champion, asha):
    answer = browse_as(champion).post("/champions/me/entry/", ENTRY, follow=True)
    assert answer.redirect_chain == [("/champions/me/", 302)]
    page = text_of(browse_as(asha).get(champion.champion.get_absolute_url()))
    assert "Call Aaron Pearce: 07700 900111" in page
    assert "available by night" in page
    assert "Text Aaron" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"by_day": "on"}, "Choose at least one way to reach you."),
        ({"show_mail": "on"}, "Choose by day, by night, or both."),
        ({"show_phone": "on", "by_day": "on", "phone": "ring me"}, "Enter a phone number, for example"),
    ],
)
def test_an_entry_that_cannot_be_is_kept_and_explained(browse_as, champion, typed, sentence):
    page = browse_as(champion).post("/champions/me/entry/", {**typed, "about_me": "still here"})
    assert sentence in text_of(page)
    assert "still here" in page.content.decode()
    assert "There is a problem" in page.content.decode()
    assert Champion.objects.get().about_me == ""


def test_without_any_number_e_mail_is_the_way(browse_as, champion):
    change_person(person=champion, by=None, work_phone="")
    page = browse_as(champion).post("/champions/me/entry/", {"show_phone": "on", "by_day": "on"})
    assert "Enter a number to show, or choose another way." in text_of(page)


def test_a_champion_chooses_stations(browse_as, champion, station, deal):
    browse_as(champion).post("/champions/me/stations/", {"stations": [station.pk, deal.pk]})
    covered = champion.champion.coverage.live().values_list("station__name", "is_lead")
    assert sorted(covered) == [("Ashford", True), ("Deal", False)]


def test_a_champion_may_cover_no_station(browse_as, champion):
    browse_as(champion).post("/champions/me/stations/", {})
    assert not champion.champion.coverage.live().exists()


def test_a_break_is_one_step_there_and_one_back(browse_as, champion, asha):
    own, reader = browse_as(champion), browse_as(asha)
    page = own.post("/champions/me/pause/", follow=True)
    assert "nobody sees you in the directory" in text_of(page)
    assert reader.get(champion.champion.get_absolute_url()).status_code == 404
    own.post("/champions/me/resume/")
    assert reader.get(champion.champion.get_absolute_url()).status_code == 200


def days(first, last) -> dict:
    return {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("first_day", first), ("last_day", last))
        for part in ("day", "month", "year")
    }


@pytest.mark.parametrize("step", ["away", "back"])
def test_whoever_takes_a_break_is_not_listed_by_what_is_said_of_dates(browse_as, champion, asha, step):
    own, today = browse_as(champion), timezone.localdate()
    own.post("/champions/me/pause/")

    page = own.post(f"/champions/me/{step}/", days(today + timedelta(9), today + timedelta(10)), follow=True)

    assert "This entry is on a break" in text_of(page)
    assert "I am back: list me again" in text_of(page)
    assert "Aaron" not in text_of(browse_as(asha).get("/champions/"))


def test_away_with_cover_and_back_early(browse_as, champion, station, asha):
    cover = champion_at(station, person=PersonFactory(known_as="Bea", last_name="Ward", station=station))
    today = timezone.localdate()
    own = browse_as(champion)
    own.post("/champions/me/away/", {**days(today, today + timedelta(4)), "cover": cover.pk})
    assert "Bea Ward covers meanwhile" in text_of(browse_as(asha).get(champion.champion.get_absolute_url()))
    assert "You are shown as away until" in text_of(own.get("/champions/me/"))
    own.post("/champions/me/back/")
    assert "Call Aaron Pearce" in text_of(browse_as(asha).get(champion.champion.get_absolute_url()))


def test_days_the_wrong_way_round_are_explained(browse_as, champion):
    today = timezone.localdate()
    page = browse_as(champion).post("/champions/me/away/", days(today + timedelta(4), today + timedelta(2)))
    assert "The last day away must be on or after the first." in text_of(page)


def test_stepping_down_asks_once_and_thanks(browse_as, champion, asha):
    own = browse_as(champion)
    question = text_of(own.get("/champions/me/step-down/"))
    assert "Who leads the champions at Ashford after you?" in question
    assert Champion.objects.get().state == "active"
    assert "Thank you for having been there" in text_of(own.post("/champions/me/step-down/", follow=True))
    assert "You are not listed as a champion" in text_of(own.get("/champions/me/"))
    assert browse_as(asha).get(champion.champion.get_absolute_url()).status_code == 404


def test_an_entry_is_changed_with_a_second_factor_and_given_up_without(client, champion):
    client.force_login(champion)
    for page in ("entry", "stations"):
        assert client.get(f"/champions/me/{page}/")["Location"] == "/account/second-factor/"
    assert client.get("/champions/me/").status_code == 200
    client.post("/champions/me/pause/")
    assert Champion.objects.get().state == "paused"
    client.post("/champions/me/step-down/")
    assert Champion.objects.get().state == "stepped_down"


@pytest.mark.parametrize("step", ["back", "pause", "resume"])
def test_looking_changes_nothing(browse_as, champion, step):
    assert browse_as(champion).get(f"/champions/me/{step}/").status_code == 405
