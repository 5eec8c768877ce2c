"""Worried about a colleague, the page for an outage, and reminders."""

from datetime import timedelta

from django.test import RequestFactory
from django.utils import timezone

from champions import actions as champions
from wellbeing.reminders import actions as reminders
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


def test_a_reminder_leads_to_its_page_and_is_taken_off_the_list(page, sign_in, check_page, asha):
    soon = timezone.localdate() + timedelta(days=10)
    dates = {"trained_on": soon - timedelta(days=700), "refresher_due": soon}
    champions.appoint(person=asha, by=None, stations=[asha.station], **dates)
    reminders.sweep()
    sign_in(asha)
    page.goto("/reminders/")
    check_page(page)

    page.get_by_role("link", name="Your champion refresher training").click()
    assert page.url.endswith("/champions/me/")
    page.goto("/reminders/")
    page.get_by_role("button", name="Take off my list").click()

    page.get_by_text("Nothing is waiting for you").wait_for()
    check_page(page)
