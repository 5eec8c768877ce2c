"""A 1-1 as a line manager logs it on a phone, and as both read it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.people import the_force

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PHONE = {"width": 390, "height": 844}


def confirm(page):
    """Confirm that it is you, where the page asks."""
    if "/account/confirm/" in page.url:
        with page.expect_navigation():
            page.locator("main form button").first.click()


def test_a_full_1_1_on_a_phone_takes_one_page_one_button_and_few_taps(page, sign_in, asha, ben, check_page):
    the_force()
    sign_in(ben)
    page.set_viewport_size(PHONE)
    page.goto(f"/mentoring/1-1s/new/{asha.pk}/")
    check_page(page)
    page.set_viewport_size(PHONE)
    buttons = page.locator("main button[type=submit]")
    expect(buttons).to_have_count(1)
    taps = [
        lambda: page.get_by_label("Workload").check(),
        lambda: page.get_by_label("The team").check(),
        lambda: page.get_by_label("How are you?").fill("Tired, but <script>alert(1)</script> well"),
        lambda: page.get_by_label("What did you agree to do?").fill("Ask about early shifts"),
        lambda: page.get_by_label("Who does it").first.select_option("manager"),
        lambda: page.get_by_label("By when").first.select_option("2"),
        lambda: buttons.click(),
    ]
    for tap in taps:
        tap()
    expect(page.get_by_text("is logged. They can read it from now on.")).to_be_visible()
    assert len(taps) <= 12

    sign_in(asha)
    page.goto("/mentoring/1-1s/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="1-1 on").click()
    confirm(page)
    expect(page.get_by_text("Tired, but <script>alert(1)</script> well")).to_be_visible()
    check_page(page)
    page.get_by_label("Your comment").fill("Thank you")
    page.get_by_role("button", name="Save the comment").click()
    expect(page.get_by_text("Your comment is saved.")).to_be_visible()
    page.goto("/mentoring/how-i-like-to-be-supported/")
    confirm(page)
    check_page(page)


def test_an_error_and_both_texts_look_right(page, sign_in, asha, ben, check_page):
    the_force()
    sign_in(ben)
    page.goto(f"/mentoring/1-1s/new/{asha.pk}/")
    page.get_by_label("How are you?").fill("First")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Day", exact=True).first.fill(str(tomorrow.day))
    page.get_by_label("Month", exact=True).first.fill(str(tomorrow.month))
    page.get_by_label("Year", exact=True).first.fill(str(tomorrow.year))
    with page.expect_navigation():
        page.get_by_role("button", name="Save this 1-1").click()
    check_page(page)
    today = timezone.localdate()
    page.get_by_label("Day", exact=True).first.fill(str(today.day))
    page.get_by_label("Month", exact=True).first.fill(str(today.month))
    page.get_by_role("button", name="Save this 1-1").click()
    page.goto(f"/mentoring/1-1s/new/{asha.pk}/")
    expect(page.get_by_text("We kept what you typed")).to_be_hidden()
    page.get_by_label("How are you?").fill("Of the same form")
    key = page.locator("input[name=id]").input_value()
    page.get_by_role("button", name="Save this 1-1").click()
    for text in ("Mine", "Typed elsewhere"):
        tab = page.context.new_page()
        tab.goto(f"/mentoring/1-1s/{key}/correct/")
        confirm(tab)
        tab.get_by_label("How are you?").fill(text)
        page = tab if text == "Mine" else page
        if text == "Typed elsewhere":
            tab.get_by_role("button", name="Save the correction").click()
            expect(tab.get_by_role("heading", name="As corrected on")).to_be_visible()
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("As it is saved now")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Save what I typed on top").click()
    expect(page.get_by_role("heading", name="As corrected on")).to_be_visible()
    check_page(page)


def test_a_draft_is_kept_while_somebody_types(page, sign_in, asha, ben, check_page):
    the_force()
    sign_in(ben)
    page.goto(f"/mentoring/1-1s/new/{asha.pk}/")
    page.get_by_label("How are you?").press_sequentially("Tired")
    expect(page.get_by_text("Draft saved")).to_be_visible(timeout=10_000)
    page.goto(f"/mentoring/1-1s/new/{asha.pk}/")
    confirm(page)
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    expect(page.get_by_label("How are you?")).to_have_value("Tired")
    check_page(page)
