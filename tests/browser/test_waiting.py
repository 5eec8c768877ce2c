"""The waiting list, on a wide and on a narrow screen: joined, agreed, offered, answered."""

from tests.factories.training import session_of
from tests.factories.waiting import becoming, waiting_at

WHY = "People come to me anyway. " * 5


def test_from_joining_to_a_place_in_the_training(page, sign_in, check_page, asha, ben, coordinator, station):
    session_of(becoming(), capacity=2, station=station)
    waiting_at(station, manager=ben, known_as="Bartholomew-Featherstonehaugh")

    sign_in(asha)
    page.goto("/champions/join/")
    with page.expect_navigation():
        page.get_by_role("button", name="Join the waiting list").click()
    check_page(page)
    page.get_by_label("Why would you like to be a champion?").fill(WHY)
    page.get_by_label("I have talked with Ben Okafor").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Join the waiting list").click()
    check_page(page)

    sign_in(ben)
    page.goto(f"/champions/agree/{asha.champion.pk}/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="I agree").click()

    sign_in(coordinator)
    page.goto("/champions/network/waiting/")
    with page.expect_navigation():
        page.get_by_role("button", name="Offer the free places to the waiting list").click()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Take Asha Patel off the list").click()
    check_page(page)

    sign_in(asha)
    page.goto("/champions/waiting/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Yes, I will come").click()
    check_page(page)
