"""Asking somebody to get in touch, as both people see it, and a report about it."""

import time

import pytest

from tests.contact.asking import ask_page
from tests.factories.people import the_force
from wellbeing.web import step_up
from wellbeing.web.session_store import SessionStore


def confirm(context) -> None:
    """As if this browser's person had shown their second factor just now."""
    (key,) = [cookie["value"] for cookie in context.cookies() if cookie["name"].startswith("session-")]
    session = SessionStore(key)
    session[step_up.KEY] = time.time()
    session.save()


@pytest.fixture
def press(page, check_page):
    """`press("Go on")`: press that button, and look at the page that comes."""

    def button(name: str, *, looked_at: bool = True) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()
        if looked_at:
            check_page(page)

    return button


def ask_sasha(page, press) -> str:
    """From Sasha's page to what was sent; once with nothing filled in at each step. Returns its address."""
    with page.expect_navigation():
        page.get_by_role("link", name="Ask Sasha to contact me").click()
    press("I have read this: go on", looked_at=False)
    press("Yes, ask Sasha", looked_at=False)
    press("Go on")
    page.get_by_text("Enter a number, an address or a place.").first.wait_for()
    page.get_by_label("Call me").check()
    page.get_by_label("At which number or address, or where?").fill("07700 900555")
    page.get_by_role("group", name="May a message be left?").get_by_role("radio").last.check()
    page.get_by_label("Anything they should know first, in your own words").fill("I cannot sleep.\nNot since May.")
    press("Go on")
    press("Go on")
    page.get_by_text("Say when, or that any time is fine.").first.wait_for()
    page.get_by_label("When is a good time?").fill("after six")
    press("Go on")
    press("Send it to Sasha")
    return page.url


def test_from_a_profile_to_what_was_sent_to_a_report(page, sign_in, check_page, press, asha, spoc, champion, lead):
    the_force()
    sign_in(asha)
    page.goto("/contact/")
    check_page(page)
    page.goto(spoc.spoc.get_absolute_url())
    check_page(page)
    sent = ask_sasha(page, press)
    page.goto(ask_page(spoc.spoc))
    page.get_by_role("heading", name="You have asked Sasha already").wait_for()
    check_page(page)
    for address in ("/contact/", f"{sent}delete/", f"{sent}block/"):
        page.goto(address)
        check_page(page)
    page.goto(f"{sent}report/")
    press("Send it to the wellbeing lead")  # with nothing filled in
    page.get_by_label("What happened?").fill("They rang my office.")
    press("Send it to the wellbeing lead")

    sign_in(spoc)
    for address in ("/contact/", sent):
        page.goto(address)
        check_page(page)
    sign_in(lead)
    confirm(page.context)
    page.goto("/contact/reports/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="From Asha Patel").click()
    check_page(page)
    press("I have dealt with it: close it", looked_at=False)

    sign_in(spoc)
    page.goto(f"{sent}block/")
    press("Not again from Asha Patel")

    sign_in(asha)
    page.goto(ask_page(spoc.spoc))
    page.get_by_role("heading", name="They cannot be asked at the moment").wait_for()
    check_page(page)
