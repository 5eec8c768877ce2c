"""Worried about a colleague, the page for an outage, reminders and how one is told."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import expect

from champions import actions as champions
from tests.databases import the_worker
from wellbeing.reminders import actions as reminders
from wellbeing.reminders import tasks, unsubscribing
from wellbeing.web.outage import unavailable


def test_what_to_do_when_worried_about_a_colleague(page, check_page):
    page.goto("/worried/")
    check_page(page)


def test_the_page_for_an_outage(page, check_page):
    outage = unavailable(RequestFactory().get("/")).content.decode()
    page.route("**/during-an-outage/", lambda route: route.fulfill(body=outage, content_type="text/html"))
    page.goto("/during-an-outage/")

    assert page.get_by_role("heading", level=1).inner_text() == "The portal is not working just now"
    check_page(page)


@pytest.mark.django_db(transaction=True)
def test_a_reminder_leads_to_its_page_and_is_taken_off_the_list(page, sign_in, check_page, asha):
    a_refresher_is_due(asha)
    sign_in(asha)
    page.goto("/reminders/")
    check_page(page)

    with page.expect_navigation():
        page.get_by_role("link", name="Your champion refresher training").click()
    assert page.url.endswith("/champions/me/")
    page.goto("/reminders/")
    page.get_by_role("button", name="Take off my list").click()

    page.get_by_text("Nothing is waiting for you").wait_for()
    check_page(page)


def a_refresher_is_due(person) -> None:
    soon = timezone.localdate() + timedelta(days=10)
    dates = {"trained_on": soon - timedelta(days=700), "refresher_due": soon}
    champions.appoint(person=person, by=None, stations=[person.station], **dates)
    with the_worker():
        reminders.sweep()


def test_how_one_is_told_is_chosen_paused_and_put_right(page, sign_in, check_page, asha):
    sign_in(asha)
    page.goto("/reminders/")
    page.get_by_role("button", name="Pause all mail").click()
    expect(page.get_by_text("Mail is paused. Nobody is told, and nobody asks why.")).to_be_visible()
    expect(page.get_by_text("All mail to you is paused. What comes meanwhile waits here.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Send me mail again").click()
    expect(page.get_by_text("Mail comes again.")).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("link", name="How you are told").click()
    check_page(page)
    page.get_by_label("At what time").select_option("17")
    page.get_by_label("1-1s with people I manage").uncheck()
    page.get_by_role("button", name="Save my settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    expect(page.get_by_label("At what time")).to_have_value("17")
    expect(page.get_by_label("1-1s with people I manage")).not_to_be_checked()


def test_a_rota_is_typed_refused_where_it_is_wrong_and_saved(page, sign_in, check_page, asha):
    sign_in(asha)
    page.goto("/reminders/settings/working-days/")
    page.get_by_label("A rota: so many days on").check()
    page.get_by_role("textbox", name="Days on").fill("6")
    page.get_by_role("button", name="Save my working days").click()
    page.get_by_role("link", name="Enter how many days off follow.").click()
    expect(page.get_by_role("textbox", name="Days off")).to_be_focused()
    expect(page.get_by_role("textbox", name="Days on")).to_have_value("6")
    check_page(page)

    page.get_by_role("textbox", name="Days off").fill("4")
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Save my working days").click()
    expect(page.get_by_text("6 on, 4 off, counted from")).to_be_visible()
    check_page(page)


def test_a_calendar_s_address_is_shown_once_and_stopped(page, sign_in, check_page, asha):
    sign_in(asha)
    page.goto("/reminders/settings/")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address").input_value()
    check_page(page)
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")

    page.goto("/reminders/settings/")
    page.get_by_role("button", name="Stop the calendar").click()
    expect(page.get_by_text("no longer works")).to_be_visible()
    assert page.request.get(address).status == 404


def test_the_pages_behind_a_link_in_a_mail(page, check_page, asha, settings):
    address = unsubscribing.address_for(asha).removeprefix(settings.PORTAL_URL)
    page.goto(address)
    check_page(page)
    page.get_by_role("button", name="Stop the daily mail").click()
    expect(page.get_by_role("heading", name="No more daily mail")).to_be_visible()
    check_page(page)


def test_the_technical_admin_s_lists(page, sign_in, check_page, technical_admin, asha):
    a_refresher_is_due(asha)
    with the_worker():
        tasks.sweep.apply(throw=True)
    sign_in(technical_admin)
    for address in ("/admin/reminders/run/", "/admin/reminders/mail/"):
        page.goto(address)
        check_page(page)
