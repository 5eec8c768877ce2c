"""Somebody who has been there, as people find them and as they keep their own profile."""

import pytest
from playwright.sync_api import expect

from tests.factories.people import PersonFactory, the_force
from tests.factories.spocs import agreed, invited, listed_spoc, topic


@pytest.fixture
def listed(spoc):
    the_force()
    kim = PersonFactory(known_as="Kim", last_name="Hale-Featherstonehaugh")
    listed_spoc(
        person=kim, first_name_only=False, show_mail=True, role_words="Response officer, nights", rank_band="supervisor"
    )
    return spoc


@pytest.mark.parametrize("address", ["/spocs/", "/spocs/00000000-0000-0000-0000-000000000000/", "/spocs/me/"])
def test_pages_for_everybody_look_right(page, sign_in, listed, asha, check_page, address):
    sign_in(asha)
    page.goto(address)
    check_page(page)


def test_an_empty_list_and_a_profile_look_right(page, sign_in, asha, station, check_page):
    the_force()
    sign_in(asha)
    page.goto("/spocs/")
    check_page(page)
    page.goto(listed_spoc(person=PersonFactory(known_as="Kim")).get_absolute_url())
    check_page(page)


def test_an_invitation_is_read_agreed_to_and_taken_back(page, sign_in, asha, coordinator, check_page):
    invited(asha)
    topic("Not sleeping")
    sign_in(asha)
    page.goto("/spocs/me/")
    check_page(page)
    page.get_by_role("link", name="Read on, and decide").click()
    with page.expect_navigation():
        page.get_by_role("button", name="I agree").click()
    check_page(page)
    page.get_by_role("link", name="Tick the box if you agree").click()
    assert page.evaluate("document.activeElement.id") == "id_agree"
    page.get_by_label("I have read who can read my profile").check()
    page.get_by_label("Not sleeping").check()
    page.get_by_label("Call me").check()
    page.get_by_label("Number to show").fill("07700 900123")
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("You have agreed.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.get_by_role("heading", name="You are off the list")).to_be_visible()
    check_page(page)


def test_the_coordinators_pages_look_right(page, sign_in, coordinator, check_page):
    sign_in(coordinator)
    spoc = agreed(person=PersonFactory(known_as="Kim"), topics=[topic("Not sleeping")])
    page.goto("/spocs/network/")
    check_page(page)
    page.goto(f"/spocs/network/{spoc.pk}/")
    check_page(page)
    page.goto("/spocs/invite/")
    page.get_by_label("Staff number").fill("1")
    with page.expect_navigation():
        page.get_by_role("button", name="Invite them").click()
    check_page(page)


def test_no_visited_colour_tells_who_was_looked_at(page, sign_in, listed, asha):
    sign_in(asha)
    page.goto(listed.spoc.get_absolute_url())
    page.goto("/spocs/")
    assert "no-visited" in page.locator("body").get_attribute("class")
