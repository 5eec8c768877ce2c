"""The pages of SPOCs, as they come to a browser without JavaScript."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spocs import actions
from spocs.models import Spoc
from tests.databases import ROOT
from tests.factories.people import PersonFactory, the_force
from tests.factories.spocs import by_oneself, invited, listed_spoc, own_row, topic
from wellbeing.support.models import Service

pytestmark = pytest.mark.django_db

LIST = "/spocs/everybody/"
NOON, MIDNIGHT = "2026-11-23T12:00:00Z", "2026-11-23T23:30:00Z"


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- The list -----------------------------------------------------------------------------------------


def test_the_list_shows_what_was_chosen_and_not_the_rest_of_the_name(browse_as, asha, spoc):
    page = browse_as(asha).get(LIST).content.decode()
    assert '<a class="govuk-link app-way" href="tel:+447700900123">Call Sasha' in page
    assert "Winter" not in page
    assert spoc.email not in page
    assert spoc.work_phone == "" or spoc.work_phone not in page


def test_a_full_name_and_an_address_show_where_both_were_chosen(browse_as, asha):
    listed_spoc(person=PersonFactory(known_as="Kim", last_name="Hale"), first_name_only=False, show_mail=True)
    assert "E-mail Kim Hale" in text_of(browse_as(asha).get(LIST))


def test_what_somebody_says_of_themselves_and_a_text_show_and_nothing_of_what_they_left_out(browse_as, asha):
    said = {"rank_band": "supervisor", "gender": "non_binary", "role_words": "Dog handler", "show_text": True}
    listed_spoc(person=PersonFactory(known_as="Kim", work_phone="01304 240055"), **said)
    listed_spoc(person=PersonFactory(known_as="Lou"))
    page = browse_as(asha).get(LIST).content.decode()
    assert text_of(browse_as(asha).get(LIST)).count("Dog handler · Sergeant or inspector · Non-binary · ") == 1
    assert page.count("sms:+447700900123") == 1
    assert "01304" not in page


def test_nothing_in_an_address_narrows_the_list(browse_as, asha, spoc):
    client = browse_as(asha)
    page = client.get(LIST)
    assert text_of(client.get(f"{LIST}?division=north&rank_band=senior&text=x")) == text_of(page)


def test_nobody_is_always_first(browse_as, asha):
    for name in ("Ann", "Bob", "Cy"):
        listed_spoc(person=PersonFactory(known_as=name))
    firsts = set()
    for day in range(40):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            firsts.add(re.search(r"Call (\w+)", text_of(browse_as(asha).get(LIST)))[1])
    assert firsts == {"Ann", "Bob", "Cy"}


def test_at_night_whoever_may_be_rung_at_night_stands_first(browse_as, asha):
    for number in range(4):
        listed_spoc(person=PersonFactory(known_as=f"Owl{number}"), by_day=False, by_night=True)
        listed_spoc(person=PersonFactory(known_as=f"Lark{number}"))
    orders = []
    for moment in (MIDNIGHT, NOON):
        with time_machine.travel(moment, tick=False):
            orders.append(re.findall(r"Call (Owl|Lark)", text_of(browse_as(asha).get(LIST))))
    assert orders[0] == ["Owl"] * 4 + ["Lark"] * 4
    assert sorted(orders[1]) == sorted(orders[0])


def test_at_night_the_lines_that_answer_stand_first(browse_as, asha, spoc):
    Service.objects.create(name="Samaritans of the test", for_what="anything", phone="116 123", always_open=True)
    Service.objects.create(name="Office hours only", for_what="forms", phone="01622 000000", hours="9 to 5")
    for page, people in ((LIST, "Call Sasha"), ("/spocs/", "What would you like to talk about?")):
        with time_machine.travel(MIDNIGHT, tick=False):
            night = text_of(browse_as(asha).get(page))
        with time_machine.travel(NOON, tick=False):
            day = text_of(browse_as(asha).get(page))
        assert night.index("Samaritans of the test") < night.index(people)
        assert day.index(people) < day.index("Samaritans of the test")
        assert "Office hours only" not in night + day


def test_an_empty_list_leads_to_services(browse_as, asha):
    Service.objects.create(name="Samaritans of the test", for_what="anything", phone="116 123", always_open=True)
    with time_machine.travel(NOON, tick=False):
        page = text_of(browse_as(asha).get(LIST))
    assert "No one is listed yet. These services can help:" in page
    assert "Samaritans of the test" in page
    assert "All urgent help" in page


def test_the_list_costs_as_many_queries_for_thirty_as_for_three(browse_as, asha, spoc):
    the_force()
    client = browse_as(asha)
    client.get(LIST)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    few = count()
    for _ in range(30):
        listed_spoc()
    assert count() == few


# --- A profile -----------------------------------------------------------------------------------------


def test_withdrawn_paused_and_unknown_are_answered_alike_and_name_nobody(browse_as, asha, spoc):
    client = browse_as(asha)
    address = spoc.spoc.get_absolute_url()
    assert client.get(address).status_code == 200
    paused_one = listed_spoc(person=PersonFactory(known_as="Kim"))
    by_oneself(actions.pause, paused_one)
    by_oneself(actions.withdraw, spoc.spoc)
    answers = [client.get(page) for page in (address, paused_one.get_absolute_url(), f"/spocs/{uuid4()}/")]
    assert {answer.status_code for answer in answers} == {410}
    assert len({text_of(answer) for answer in answers}) == 1
    assert "Sasha" not in text_of(answers[0])


@pytest.mark.parametrize("address", ["/spocs/", LIST, "/spocs/me/", f"/spocs/{UUID(int=1)}/", "/spocs/invite/"])
def test_nothing_shows_without_signing_in_and_no_address_is_remembered(client, address):
    assert client.get(address)["Location"] == "/account/login/"
    assert "go_on_to" not in client.session


def test_no_admin_page_has_spocs():
    assert Spoc not in admin.site._registry


def test_no_page_shows_what_was_visited_and_no_title_that_a_browser_keeps_names_anybody_or_anything():
    whole = {}
    for folder in ("spocs", "contact", "search"):
        for page in (ROOT / "templates" / folder).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            if '{% extends "base.html" %}' in text:
                whole[str(page.relative_to(ROOT))] = text
    assert len(whole) > 30
    assert [name for name, text in whole.items() if "{% block body_class %}no-visited" not in text] == []
    titles = {name: text.partition("{% block title %}")[2].partition("{% endblock")[0] for name, text in whole.items()}
    assert [name for name, title in titles.items() if "{{" in title] == []


# --- One's own profile ------------------------------------------------------------------------------------

PROFILE = {"first_name_only": "on", "show_phone": "on", "phone": "07700 900555", "by_night": "on", "rank_band": ""}


def filled_in(**values) -> dict:
    """The form of a profile with one topic ticked."""
    return PROFILE | {"topics": [str(topic("Not sleeping").pk)]} | values


def test_before_consent_the_page_says_who_can_read_it_and_asks(browse_as, asha, coordinator):
    browse_as(coordinator).post("/spocs/invite/", {"person": asha.staff_number})
    own = browse_as(asha)
    page = text_of(own.get("/spocs/me/profile/"))
    for reader in ("managers", "HR", "professional standards", "backup copies for 35 days"):
        assert page.index(reader) < page.index("I have read who can read my profile")
    refused = own.post("/spocs/me/profile/", filled_in())
    assert "Tick the box if you agree" in text_of(refused)
    assert own_row(asha).state == "invited"
    agreed = own.post("/spocs/me/profile/", filled_in(agree="on"), follow=True)
    assert "The coordinator reads your profile first" in text_of(agreed)
    assert "Call Asha" not in text_of(browse_as(coordinator).get(LIST))


def test_an_invitation_is_declined_in_one_step(browse_as, asha, coordinator):
    browse_as(coordinator).post("/spocs/invite/", {"person": asha.staff_number})
    browse_as(asha).post("/spocs/me/withdraw/")
    assert own_row(asha).state == "withdrawn"


def test_a_profile_is_changed_paused_and_withdrawn_each_in_one_step(browse_as, spoc, asha):
    own, reader = browse_as(spoc), browse_as(asha)
    own.post("/spocs/me/profile/", filled_in())
    assert "07700 900555" in text_of(reader.get(LIST))
    own.post("/spocs/me/pause/")
    assert "Call Sasha" not in text_of(reader.get(LIST))
    own.post("/spocs/me/resume/")
    assert "Call Sasha" in text_of(reader.get(LIST))
    for _ in range(2):
        assert "What you entered is deleted." in text_of(own.post("/spocs/me/withdraw/"))
    assert reader.post("/spocs/me/withdraw/").status_code == 404
    assert "Call Sasha" not in text_of(reader.get(LIST))
    assert "You have no profile here" in text_of(own.get("/spocs/me/"))


@pytest.mark.parametrize("step", ["pause", "resume"])
def test_whoever_is_only_invited_is_told_that_there_is_nothing_to_list_yet(browse_as, asha, coordinator, step):
    invited(asha)

    page = browse_as(asha).post(f"/spocs/me/{step}/", follow=True)

    assert page.status_code == 200
    assert "This profile has not been agreed to yet." in text_of(page)
    assert "Read on, and decide" in text_of(page)
    assert own_row(asha).state == "invited"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"by_day": "on"}, "Choose at least one way to reach you."),
        ({"first_name_only": "on", "show_mail": "on", "by_day": "on"}, "Your address holds your last name"),
        ({"show_phone": "on", "by_day": "on"}, "Enter a number to show, or choose another way."),
        ({"show_phone": "on", "phone": "07700 900555"}, "Choose by day, by night, or both."),
    ],
)
def test_what_cannot_be_is_explained(browse_as, spoc, typed, sentence):
    assert sentence in text_of(browse_as(spoc).post("/spocs/me/profile/", typed))


def test_consent_is_taken_back_without_a_second_factor(client, spoc):
    client.force_login(spoc)
    assert client.get("/spocs/me/profile/")["Location"] == "/account/second-factor/"
    assert "Withdraw now" in text_of(client.get("/spocs/me/"))
    client.post("/spocs/me/withdraw/")
    assert own_row(spoc).state == "withdrawn"


def test_the_invitation_page_is_the_coordinators_alone(answered_otherwise):
    others = ["asha", "champion", "hr", "lead", "dpo", "superuser"]
    assert answered_otherwise(404, others, ["/spocs/invite/"]) == []


def test_an_invitation_that_cannot_be_is_explained(browse_as, coordinator, spoc, chidi):
    by_oneself(actions.pause, spoc.spoc)
    client = browse_as(coordinator)
    for typed, sentence in (("000", "Nobody who can be listed"), (spoc.staff_number, "has been invited already")):
        assert sentence in text_of(client.post("/spocs/invite/", {"person": typed}))


@pytest.mark.parametrize("page", ["profile", "pause", "resume", "withdraw"])
def test_whoever_has_no_profile_has_none_of_its_pages(browse_as, asha, page):
    assert browse_as(asha).post(f"/spocs/me/{page}/").status_code == 404
