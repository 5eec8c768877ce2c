"""From home, on a telephone: a letter in two hands, a PIN, and coming back; or a passkey that opens nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.people import the_force
from tests.plan_door.conftest import PIN, code_in, sent

PHONE = {"width": 320, "height": 640}


def go(page, role: str, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


@pytest.fixture
def letter(page, context, check_page, sign_in, asha, hr, lead):
    """HR has printed a letter for Asha, and the lead has read its number out: the code and the number."""
    the_force()
    sign_in(hr)
    page.goto("/account/")
    go(page, "link", "Print a letter for somebody who is away")
    confirm_in_demo(page)
    check_page(page)
    page.get_by_label("Their staff number").fill(asha.staff_number)
    go(page, "button", "Go on")
    check_page(page)
    go(page, "button", "Make the letter for Asha Patel")
    check_page(page)
    code = page.locator(".app-letter-code").inner_text()
    context.clear_cookies()
    sign_in(lead)
    page.goto("/letters/number/")
    confirm_in_demo(page)
    check_page(page)
    page.get_by_label("Their staff number, as they say it").fill(asha.staff_number)
    page.get_by_label("They hold the letter, and I know that it is them").check()
    go(page, "button", "Show the number")
    check_page(page)
    number = page.locator(".app-letter-code").inner_text()
    context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto("/my-plan/")
    assert page.url.endswith("/my-plan/enter/")
    check_page(page)
    page.set_viewport_size(PHONE)
    go(page, "link", "I have a letter")
    check_page(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("Your staff number").fill(asha.staff_number)
    page.get_by_label("Code from the letter").fill(code)
    page.get_by_label("Number that was read out to you").fill(number)
    go(page, "button", "Go on")
    return code, number


def confirm_in_demo(page) -> None:
    if page.get_by_role("button", name="Confirm that it is you").is_visible():
        go(page, "button", "Confirm that it is you")


def test_a_letter_then_a_code_by_mail_and_a_pin(letter, page, check_page, asha):
    check_page(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("E-mail address for codes").fill("asha.at.home@mail.example")
    page.get_by_label("Choose a PIN").fill("123456")
    page.get_by_label("The PIN once more").fill("123456")
    go(page, "button", "Go on")
    expect(page.get_by_text("Too easy to guess").first).to_be_visible()
    page.get_by_label("Choose a PIN").fill(PIN)
    page.get_by_label("The PIN once more").fill(PIN)
    go(page, "button", "Go on")
    check_page(page)
    page.get_by_label("Code from the mail").fill(code_in(sent()))
    go(page, "button", "Confirm the address")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Confirm the address")

    page.set_viewport_size(PHONE)
    go(page, "link", "Who has looked")
    check_page(page)
    go(page, "link", "How I come in")
    check_page(page)
    go(page, "link", "Guidance")
    check_page(page)
    page.goto("/champions/")
    expect(page.get_by_text("opens only from inside your force")).to_be_visible()
    check_page(page)
    go(page, "button", "Sign out")

    page.set_viewport_size(PHONE)
    page.get_by_label("Your staff number").fill(asha.staff_number)
    go(page, "button", "Send me a code")
    check_page(page)
    page.get_by_label("Code from the mail").fill(code_in(sent()))
    page.get_by_label("Your PIN").fill(PIN)
    go(page, "button", "Come in")
    go(page, "link", "Who has looked")
    expect(page.get_by_text("No one has opened your records.")).to_be_visible()


def test_a_passkey_made_here_opens_these_pages_and_nothing_else(page, context, check_page, sign_in, asha):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": True}})

    sign_in(asha)  # at work, before she is away
    page.goto("/my-plan/my-entry/passkeys/add/")
    confirm_in_demo(page)
    check_page(page)
    page.get_by_label("A name by which you will know it").fill("My phone")
    go(page, "button", "Add a passkey")
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    context.clear_cookies()
    page.goto("/my-plan/")
    go(page, "button", "Come in with a passkey")
    go(page, "link", "How I come in")
    expect(page.get_by_text("Last used on")).to_be_visible()
    expect(page.get_by_role("link", name="Champions")).to_have_count(0)

    context.clear_cookies()
    page.goto("/account/login/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    assert re.search("/account/login/$", page.url), "the portal's own sign-in does not know it"
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
