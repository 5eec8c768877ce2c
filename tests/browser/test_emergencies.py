"""An emergency and the pages around it, as the lead, the guardian, the DPO and the person see them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_one_to_ones import confirm
from tests.factories.people import PersonFactory, the_force
from tests.mentoring.pages import logged
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]


def fill_in(page, subject):
    """Ask about them, and that telling them is put off for a week."""
    later = timezone.localdate() + timedelta(days=7)
    page.get_by_label("Staff number of whom it is about").fill(subject.staff_number)
    page.get_by_label("What is at stake").fill("Nobody has reached her since <i>Monday</i>")
    page.get_by_label("Telling them would put a life at risk").check()
    for name, value in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        page.get_by_label(name, exact=True).fill(str(value))


def test_an_emergency_from_asking_to_reviewing(page, sign_in, check_page, browse_as, asha, ben, lead, guardian, dpo):
    the_force()
    logged(browse_as(ben), asha, how="Tired, but <b>well</b>", topics=["team"])
    sign_in(lead)
    page.goto("/emergencies/")
    confirm(page)
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Ask the guardian").click()
    check_page(page)
    fill_in(page, asha)
    page.get_by_role("button", name="Ask the guardian").click()
    expect(page.get_by_text("The guardian has been asked.")).to_be_visible()
    check_page(page)

    sign_in(guardian)
    page.goto("/emergencies/")
    confirm(page)
    expect(page.get_by_text("since <i>Monday</i>")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name=re.compile("^Open for an hour")).click()
    expect(page.get_by_text("It is open for an hour.")).to_be_visible()
    check_page(page)

    sign_in(lead)
    page.goto("/emergencies/")
    confirm(page)
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Records about Asha Patel").click()
    check_page(page)
    page.get_by_role("link", name=re.compile("^1-1, ")).click()
    expect(page.get_by_text("Tired, but <b>well</b>")).to_be_visible()
    check_page(page)

    sign_in(dpo)
    it_is_reviewed(page, check_page)
    sign_in(asha)
    she_reads_why(page, check_page)


def it_is_reviewed(page, check_page) -> None:
    page.goto("/emergencies/")
    confirm(page)
    check_page(page)
    page.get_by_role("link", name="Who opened what").click()
    expect(page.get_by_text("opened in an emergency").first).to_be_visible()
    check_page(page)


def she_reads_why(page, check_page) -> None:
    page.goto("/my-data/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Confirm that it is you to read the reason").click()
    confirm(page)
    expect(page.get_by_text("since <i>Monday</i>")).to_be_visible()
    check_page(page)


def test_the_lead_confirms_a_new_line_manager(page, sign_in, check_page, asha, hr, lead):
    the_force()
    with acting_as(hr):
        new = actions.add_person(
            by=hr,
            staff_number="777",
            known_as="Nora",
            last_name="Vale",
            email="nora@force.example",
            rank_or_grade="Sgt",
        )
        actions.change_person(person=asha, by=hr, line_manager_id=new.pk)
        actions.change_person(person=PersonFactory(known_as="Ola"), by=hr, line_manager_id=new.pk)
    sign_in(new)
    page.goto("/mentoring/1-1s/")
    expect(page.get_by_text("the wellbeing lead confirms this first")).to_be_visible()
    check_page(page)
    sign_in(lead)
    page.goto("/new-managers/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm Nora Vale", exact=True).click()
    confirm(page)
    page.get_by_role("button", name="Confirm Nora Vale", exact=True).click()
    expect(page.get_by_text("From now on they are line managers here as well.")).to_be_visible()
    expect(page.get_by_text("Nobody waits for you.")).to_be_visible()
    check_page(page)
