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


@pytest.mark.parametrize(
    "address", ["/spocs/", "/spocs/everybody/", "/spocs/00000000-0000-0000-0000-000000000000/", "/spocs/me/"]
)
def test_pages_for_everybody_look_right(page, sign_in, listed, asha, check_page, address):
    sign_in(asha)
    page.goto(address)
    check_page(page)


def test_an_empty_list_and_a_profile_look_right(page, sign_in, asha, station, check_page):
    the_force()
    sign_in(asha)
    page.goto("/spocs/everybody/")
    check_page(page)
    kim = listed_spoc(person=PersonFactory(known_as="Kim"))
    page.reload()
    check_page(page)
    page.goto(kim.get_absolute_url())
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
    page.get_by_text("I would like to withdraw").click()
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.get_by_role("heading", name="You are off the list")).to_be_visible()
    check_page(page)


def test_the_coordinators_pages_and_hrs_look_right(page, sign_in, coordinator, hr, check_page):
    sign_in(coordinator)
    spoc = agreed(person=PersonFactory(known_as="Kim"), topics=[topic("Not sleeping")])
    page.goto("/spocs/network/")
    check_page(page)
    page.goto(f"/spocs/network/{spoc.pk}/")
    with page.expect_navigation():
        page.get_by_role("button", name="Send it back to Kim").click()  # without a sentence
    check_page(page)
    known = listed_spoc(person=PersonFactory(known_as="Lou"), hr_may_know=True)
    page.goto(f"/spocs/network/{known.pk}/supervision/")
    check_page(page)
    page.goto("/spocs/invite/")
    page.get_by_label("Staff number").fill("1")
    with page.expect_navigation():
        page.get_by_role("button", name="Invite them").click()
    check_page(page)
    sign_in(hr)
    page.goto("/spocs/known/")
    check_page(page)


def test_no_visited_colour_tells_who_was_looked_at(page, sign_in, listed, asha):
    sign_in(asha)
    page.goto(listed.spoc.get_absolute_url())
    page.goto("/spocs/")
    assert "no-visited" in page.locator("body").get_attribute("class")


def test_somebody_is_found_by_words_and_no_request_says_from_which_page(page, sign_in, asha, check_page):
    """From a topic's page as well, whose forms are sent by the browser and not by a script when JavaScript is off."""
    the_force()
    sleep = topic("Not sleeping", also_called=["insomnia"])
    listed_spoc(person=PersonFactory(known_as="Kim"), topics=[sleep])
    sign_in(asha)
    referers = []
    page.on("request", lambda request: referers.append(request.all_headers().get("referer", "")))
    page.goto("/spocs/")
    page.get_by_label("What would you like to talk about?").press_sequentially("insom")
    expect(page.get_by_role("status").filter(has_text="You may mean: Not sleeping.")).to_be_visible()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Not sleeping").click()
    page.get_by_text("Choose who you would rather talk to").click()
    page.get_by_label("Gender").select_option("woman")
    expect(page.get_by_role("heading", name="Also willing to talk")).to_be_visible()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Yes").click()
    assert referers
    assert [referer for referer in referers if "/spocs/" in referer] == []
