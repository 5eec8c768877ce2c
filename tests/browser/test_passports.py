"""A passport is written, shared, read and closed again, by two people."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_one_to_ones import confirm
from tests.factories.people import the_force

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def click(page, role: str, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()


def test_a_passport_is_written_shared_read_and_closed(page, sign_in, asha, ben, check_page):
    the_force()
    sign_in(asha)
    page.goto("/my-plan/passport/")
    confirm(page)
    click(page, "link", "Write my passport")
    page.get_by_label("What helps me at work").fill("A quiet desk <script>alert(1)</script>")
    page.get_by_role("group", name="Adjustment 1", exact=True).get_by_label("What it is").fill("Starts at ten")
    page.get_by_label("Since when").first.fill("March 2024")
    check_page(page)
    click(page, "button", "Save my passport")
    expect(page.get_by_text("A quiet desk <script>alert(1)</script>")).to_be_visible()
    check_page(page)
    click(page, "link", "Share my passport, or stop")
    page.get_by_label("Staff number of whom to share it with").fill(ben.staff_number)
    click(page, "button", "See who this is")
    check_page(page)
    click(page, "button", "Share my passport with Ben Okafor")
    expect(page.get_by_text("can open your passport from now on")).to_be_visible()

    sign_in(ben)
    page.goto("/mentoring/passports/")
    click(page, "link", "Adjustment passport of Asha Patel")
    confirm(page)
    expect(page.get_by_text("Starts at ten")).to_be_visible()
    check_page(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Starts at ten")).to_be_visible()
    for not_on_paper in ("Passports shared with me", "Sign out", "Leave this page", "It is theirs"):
        expect(page.get_by_text(not_on_paper)).to_be_hidden()
    page.emulate_media(media="screen")

    sign_in(asha)
    page.goto("/my-plan/passport/share/")
    confirm(page)
    expect(page.get_by_text("reading the passport")).to_be_visible()
    check_page(page)
    click(page, "button", "Stop sharing with Ben Okafor")
    expect(page.get_by_text("Nobody but you can read your passport.")).to_be_visible()
