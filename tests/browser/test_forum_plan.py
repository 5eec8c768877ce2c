"""The action plan and what is shared with other forces, in a browser."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from tests.factories.forum_plan import a_commitment, a_sponsor, counted, measured
from tests.factories.people import the_force


def test_the_plan_is_read_measured_and_shared(page, check_page, sign_in, lead, station):
    the_force()
    row = counted(sponsor=a_sponsor(), evidence="- The survey")
    measured(row, timezone.localdate() - timedelta(days=90), value=Decimal(41), note="Going up.")
    a_commitment(text="Nothing measured yet.", division=station.division)
    sign_in(lead)
    page.goto("/forum/plan/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Every line manager is trained.").first.click()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Say how this commitment stands").click()
    check_page(page)
    page.get_by_label("Number (% of line managers)").fill("55")
    page.get_by_label("On course").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save the measurement").click()
    assert page.get_by_role("img", name="to 55 in").is_visible()
    for address in ("/forum/plan/keep/", f"/forum/plan/keep/{row.pk}/", "/forum/elsewhere/", "/sharing/share/"):
        page.goto(address)
        check_page(page)
