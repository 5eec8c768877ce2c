"""Coming back to work, as the person, whoever they chose, and their line manager see it."""

import pytest
from playwright.sync_api import expect

from tests.factories.people import PersonFactory, the_force
from tests.mentoring.returning import adjust, away, meeting_of

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(300)]


def go(page, address):
    """Open a page, and confirm that it is you where it asks."""
    page.goto(address)
    confirm(page)


def confirm(page):
    if "/account/confirm/" in page.url:
        with page.expect_navigation():
            page.locator("main form button").first.click()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_a_return_is_planned_by_two_and_read_by_a_third(page, sign_in, check_page, browse_as, asha, ben, station):
    the_force()
    dana = PersonFactory(known_as="Dana", last_name="Trusted", station=station)
    away(asha, by=ben, back_in=0)
    sign_in(asha)
    go(page, "/my-plan/return/choose/")
    check_page(page)
    page.get_by_label("Somebody else", exact=True).check()
    page.get_by_label("Staff number of somebody else").fill(dana.staff_number)
    press(page, "Go on")
    check_page(page)
    press(page, "Yes, I meet with Dana Trusted")

    holder = browse_as(dana)
    meeting = meeting_of(holder)
    adjust(holder, meeting, decides=ben, what="No night shifts", implement_by=7, review_on=40)
    sign_in(dana)
    go(page, f"/mentoring/returns/{meeting}/write/")
    page.get_by_label("What would support you?").fill("A word on the first morning")
    page.get_by_label("Contracted hours a week").fill("37")
    press(page, "Propose 50, 60, 75 and 100 %")
    expect(page.get_by_label("Hours in week 2")).to_have_value("22.2")
    check_page(page)
    press(page, "Save the plan")
    check_page(page)
    go(page, f"/mentoring/returns/{meeting}/adjustments/new/")
    check_page(page)

    sign_in(asha)
    go(page, "/my-plan/return/")
    expect(page.get_by_role("img", name="Hours week by week")).to_be_visible()
    check_page(page)
    sign_in(ben)
    go(page, f"/mentoring/returns/of/{asha.pk}/")
    check_page(page)
    go(page, "/mentoring/adjustments/to-decide/")
    with page.expect_navigation():
        page.get_by_role("link", name="the adjustment for Asha Patel").click()
    confirm(page)
    check_page(page)
    page.get_by_label("Agreed", exact=True).check()
    press(page, "Save my answer")
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
