"""Leaving a page at once, by button or by keyboard, and what that does not do."""

import pytest
from playwright.sync_api import expect

NEUTRAL = "/accessibility/"  # in place of the address outside, to which no test may go


@pytest.fixture
def open_page(page):
    page.goto("/worried/")
    page.goto("/urgent/")
    page.evaluate("address => { document.querySelector('[data-leave-page-button]').href = address }", NEUTRAL)
    return page


def is_left(page):
    page.wait_for_url("**" + NEUTRAL)


def test_shift_three_times_leaves(open_page):
    for _ in range(3):
        open_page.keyboard.press("Shift")
    is_left(open_page)


def test_each_press_is_announced(open_page):
    status = open_page.locator("[data-leave-page-status]")
    open_page.keyboard.press("Shift")
    expect(status).to_have_text("Shift: press 2 more times to leave this page.")
    open_page.keyboard.press("Shift")
    expect(status).to_have_text("Shift: press 1 more time to leave this page.")


def test_a_click_leaves_and_back_does_not_return(open_page):
    with open_page.expect_request("**" + NEUTRAL) as request:
        open_page.get_by_role("link", name="Leave this page").click()
    is_left(open_page)
    assert "referer" not in request.value.all_headers()
    open_page.go_back()
    open_page.wait_for_url("**/worried/")


def test_the_keyboard_reaches_the_button(open_page):
    button = open_page.get_by_role("link", name="Leave this page")
    button.focus()
    open_page.keyboard.press("Enter")
    is_left(open_page)


def test_shift_with_other_keys_is_typing_and_not_leaving(open_page):
    for key in ("Shift+Tab", "Shift+A", "Shift+Tab", "Shift+B", "Shift+Tab"):
        open_page.keyboard.press(key)
    assert open_page.url.endswith("/urgent/")


def test_presses_far_apart_do_not_add_up(open_page):
    open_page.clock.install()
    open_page.reload()
    for _ in range(4):
        open_page.keyboard.press("Shift")
        open_page.clock.run_for(6000)
    assert open_page.url.endswith("/urgent/")


def test_it_does_not_claim_to_clear_the_history(open_page):
    assert "does not clear your browser's history" in open_page.locator("[data-leave-page]").inner_text()


def test_the_page_to_which_it_leads_is_a_setting(client, db, settings):
    settings.LEAVE_PAGE_URL = "https://weather.example/"
    assert 'href="https://weather.example/"' in client.get("/urgent/").content.decode()
