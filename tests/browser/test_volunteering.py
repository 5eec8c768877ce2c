"""The page for whoever volunteers, and what the coordinator sees around it."""

from playwright.sync_api import expect

from spocs import actions
from tests.factories.spocs import by_oneself, listed_spoc, topic
from tests.spocs.test_volunteering import noted, supervised, told_lacked


def test_the_pages_look_right_with_something_on_them(page, sign_in, spoc, coordinator, check_page):
    supervised(spoc, coordinator)
    noted(spoc, heavy=3)
    noted(spoc, heavy=1, weeks_ago=1)
    told_lacked(spoc, topic=topic("Not sleeping"))
    told_lacked(spoc, words="Waiting for a hearing")
    by_oneself(actions.pause, listed_spoc(), ring_me=True)
    sign_in(spoc)
    page.goto("/spocs/me/volunteering/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Note it, just for me").click()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="coordinator, please ring me").click()
    expect(page.get_by_text("nobody sees you on the list. You asked the coordinator")).to_be_visible()
    check_page(page)
    page.context.clear_cookies()
    sign_in(coordinator)
    for address in ("/spocs/network/supervision/", "/spocs/lacked/"):
        page.goto(address)
        check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Waiting for a hearing").click()
    check_page(page)
