"""Two minutes before a session ends the page says so, and one key puts the end off."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect


@pytest.fixture
def open_page(page, sign_in, asha):
    """The home page, in a browser whose clock the test moves."""
    page.clock.install()
    sign_in(asha)
    page.goto("/")
    return page


def warning(page):
    return page.get_by_role("alertdialog", name="You are about to be signed out")


def test_nothing_is_said_while_there_is_time(open_page):
    open_page.clock.run_for("57:50")
    expect(warning(open_page)).to_be_hidden()


def test_the_warning_takes_the_focus_and_enter_puts_the_end_off(open_page, check_page):
    open_page.clock.run_for("58:05")
    expect(warning(open_page)).to_be_visible()
    check_page(open_page)
    expect(open_page.get_by_role("button", name="Stay signed in")).to_be_focused()
    before = Session.objects.get().session_data
    open_page.keyboard.press("Enter")
    expect(warning(open_page)).to_be_hidden()
    assert Session.objects.get().session_data != before
    open_page.clock.run_for("50:00")
    expect(warning(open_page)).to_be_hidden()


def test_the_cursor_is_back_where_it_was(open_page):
    link = open_page.get_by_role("link", name="Find someone to talk to")
    link.focus()
    open_page.clock.run_for("58:05")
    open_page.keyboard.press("Enter")
    expect(warning(open_page)).to_be_hidden()
    expect(link).to_be_focused()


def test_a_click_in_another_tab_counts_for_this_one(open_page, context):
    open_page.clock.run_for("58:05")
    expect(warning(open_page)).to_be_visible()
    other = context.new_page()
    other.clock.install(time=open_page.evaluate("Date.now()"))
    other.goto("/")
    expect(warning(open_page)).to_be_hidden()


def test_the_end_after_eight_hours_is_said_to_be_one_that_cannot_be_put_off(open_page, check_page):
    for _ in range(15):  # a click every half hour
        open_page.clock.run_for("31:00")
        open_page.evaluate("new BroadcastChannel('session-end').postMessage(Date.now() + 3600000)")
    open_page.clock.run_for("13:10")
    expect(open_page.get_by_text("this end cannot be put off")).to_be_visible()
    expect(open_page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    check_page(open_page)
    open_page.keyboard.press("Enter")
    expect(warning(open_page)).to_be_hidden()


def test_an_hour_later_the_page_is_no_longer_on_the_screen(open_page):
    open_page.clock.run_for("58:05")
    with open_page.expect_navigation():
        open_page.clock.run_for("02:00")
