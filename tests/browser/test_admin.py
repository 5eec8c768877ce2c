"""The admin in a browser: what every page must hold, for those who work there every week."""

from datetime import date

import pytest

from tests.factories.champions import champion_at
from tests.factories.people import the_force
from wellbeing.people import actions


@pytest.fixture
def champion(station):
    the_force()
    return champion_at(station)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/people/",
        "/admin/people/person/",
        "/admin/people/person/add/",
        "/admin/people/station/",
        "/admin/people/force/",
        "/admin/people/rosterimport/",
        "/admin/people/rosterimport/add/",
        "/admin/people/roleassignment/",
        "/admin/people/roleassignment/add/",
        "/admin/people/stationspelling/",
        "/admin/champions/champion/",
        "/admin/champions/champion/add/",
    ],
)
def test_pages_of_hr(page, check_page, sign_in, hr, champion, address):
    sign_in(hr)
    assert page.goto(address).ok
    check_page(page)


def test_one_person_in_the_admin(page, check_page, sign_in, hr, asha, champion):
    sign_in(hr)
    for address in ("change", "history", "died"):
        assert page.goto(f"/admin/people/person/{asha.pk}/{address}/").ok
        check_page(page)


def test_one_champion_in_the_admin(page, check_page, sign_in, hr, champion):
    sign_in(hr)
    for address in ("change", "history"):
        assert page.goto(f"/admin/champions/champion/{champion.pk}/{address}/").ok
        check_page(page)


@pytest.mark.parametrize("address", ["/admin/support/service/", "/admin/support/service/1/change/"])
def test_pages_of_the_coordinator(page, check_page, sign_in, coordinator, address):
    sign_in(coordinator)
    assert page.goto(address).ok
    check_page(page)


def test_the_page_that_takes_back_a_death(page, check_page, sign_in, hr, asha):
    actions.record_death(person=asha, by=hr, on=date.today())
    sign_in(hr)
    assert page.goto(f"/admin/people/person/{asha.pk}/not-died/").ok
    check_page(page)


def test_the_page_that_confirms_who_somebody_is(page, check_page, sign_in, lead, asha):
    sign_in(lead)
    assert page.goto("/admin/people/person/confirm-identity/").ok
    check_page(page)
    page.get_by_label("Their staff number").fill(asha.staff_number)
    page.get_by_label("The e-mail they sign in with").fill(asha.email)
    page.get_by_label("I spoke with them").check()
    with page.expect_navigation():
        page.locator("#content form [type=submit]").click()
    assert "waits to be confirmed" in page.inner_text("#content")
    check_page(page)


def test_the_first_page_of_the_technical_admin(page, check_page, sign_in, technical_admin):
    sign_in(technical_admin)
    assert page.goto("/admin/").ok
    assert "Database: ok" in page.inner_text("#content")
    check_page(page)


def test_mistakes_are_said_above_the_form(page, check_page, sign_in, hr, champion):
    sign_in(hr)
    page.goto("/admin/people/person/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Please correct the errors below.").wait_for()
    check_page(page)


def test_the_admin_has_the_urgent_numbers_and_the_ways_out(page, sign_in, hr):
    sign_in(hr)
    page.goto("/admin/")
    page.get_by_role("link", name="Samaritans 116 123").wait_for()
    page.get_by_role("link", name="Leave this page").wait_for()
    page.get_by_role("link", name="Back to the portal").click()
    page.get_by_role("heading", name="Hello, Hana").wait_for()
    page.go_back()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
