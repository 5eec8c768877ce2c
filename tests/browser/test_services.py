"""Support services: found by what they are about, read, and kept right by who looks after them."""

from tests.factories.people import the_force
from wellbeing.support import actions
from wellbeing.support.models import Guidance, Service, Topic


def test_from_a_need_to_a_number_and_the_page_of_who_looks_after_it(page, check_page, sign_in, chidi, coordinator):
    the_force()
    sign_in(chidi)
    page.goto("/services/")
    check_page(page)
    actions.load_shipped_topics()
    actions.load_shipped_services()
    policy = Guidance(
        title="Attendance", summary="Being off sick.", text="You ring in.", is_policy=True, published=True
    )
    actions.save_guidance(guidance=policy, by=None, review_on=actions.in_a_year(), link="https://www.example.org/a")
    debt = actions.save_service(service=Service.objects.get(name="StepChange"), by=None, owner=chidi)
    policy.topics.add(Topic.objects.get(name="Money worries"))

    page.goto("/services/")
    check_page(page)
    page.get_by_label("What it is about", exact=True).select_option(label="Money worries")
    page.get_by_text("3 services for “Money worries”").wait_for()
    assert page.url.endswith("/services/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="StepChange", exact=True).click()
    check_page(page)
    for address in ("/services/mine/", policy.get_absolute_url(), "/urgent/"):
        page.goto(address)
        check_page(page)
    sign_in(coordinator)
    for address in (f"service/{debt.pk}/change/", "topic/", "topic/add/"):
        page.goto(f"/admin/support/{address}")
        check_page(page)
