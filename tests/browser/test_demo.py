"""The demonstration's own pages, as a visitor meets them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from playwright.sync_api import expect

from tests.demo.fixtures import loaded_demo

CODE = re.compile(r"[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}")


@pytest.fixture
def demo(transactional_db):
    with loaded_demo():
        yield


def test_a_visitor_chooses_whom_to_be(page, demo, check_page):
    page.goto("/demo/")
    check_page(page)

    page.get_by_role("button", name="Sign in as Hana Malik").click()

    expect(page.get_by_text("Signed in as Hana Malik")).to_be_visible()


@pytest.fixture
def empty_mailbox():
    for mail in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        mail.unlink()


def test_the_mailbox_empty_and_with_mail(page, demo, check_page, empty_mailbox):
    page.goto("/demo/mailbox/")
    check_page(page)
    mail = EmailMessage("Your code", f"Your code is 123456.\n\nhttps://force.example/{'x' * 150}", to=["a@b.example"])
    get_connection("django.core.mail.backends.filebased.EmailBackend").send_messages([mail])

    page.reload()
    check_page(page)
    page.get_by_role("link", name="Your code").click()

    expect(page.get_by_text("Your code is 123456.")).to_be_visible()
    check_page(page)


def test_a_visitor_signs_in_with_a_code_from_the_mailbox(page, demo, check_page, empty_mailbox):
    page.goto("/account/login/code/")
    page.get_by_label("mail").fill("asha.patel@force.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/")
    confirm = page.url
    page.goto("/demo/mailbox/")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    text = page.locator(".govuk-inset-text").inner_text()
    code = next(word for word in text.split() if CODE.fullmatch(word))
    check_page(page)

    page.goto(confirm)
    page.get_by_label("code").fill(code)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Signed in as Asha Patel")).to_be_visible()


def test_nobody_outside_the_cast(page, demo, check_page):
    page.goto("/demo/")
    page.evaluate("document.querySelector('input[name=as]').value = 'nobody'")
    page.get_by_role("button", name="Sign in as").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody of that name in the cast")
    check_page(page)
