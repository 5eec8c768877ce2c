"""A career mentor is found, answers, and both look at what they share: in a browser, wide and narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_one_to_ones import confirm
from tests.factories.people import the_force
from tests.mentoring.career_pages import HOME, career_mentor

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(240)]


def press(page, name: str, role: str = "button") -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()


def go(page, address: str) -> None:
    page.goto(f"{HOME}{address}")
    confirm(page)


def test_a_request_as_a_task_list_an_answer_and_the_pages_of_the_two(
    page, sign_in, check_page, station, asha, lead, as_owner
):
    the_force()
    about = "An hour over a coffee, once a month."
    tom = career_mentor(station, known_as="Tom", experience=["board"], path=["custody"], about_me=about)
    career_mentor(station, known_as="Una", experience=["board"])
    sign_in(asha)
    she_asks(page, check_page)
    sign_in(tom)
    he_answers(page, check_page)
    sign_in(asha)
    she_sets_a_goal_and_ends_it(page, check_page)
    as_owner.execute(
        "insert into mentoring_careerfeedback (quarter, helped, number)"
        " select (date_trunc('quarter', now()) - interval '3 months')::date, helped, number"
        " from (values ('yes', 12), ('partly', 7), ('no', 2)) as said (helped, number)"
    )
    sign_in(lead)
    go(page, "figures/")
    check_page(page)


def she_asks(page, check_page) -> None:
    go(page, "")
    check_page(page)
    press(page, "Find a mentor", "link")
    check_page(page)
    press(page, "What I look for", "link")
    press(page, "Keep this")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    check_page(page)
    page.get_by_label("A promotion board").check()
    page.get_by_label("Custody").check()
    page.get_by_label("What do you want from it?").fill("To try for sergeant <script>alert(1)</script>")
    press(page, "Keep this")
    go(page, "find/avoid/")
    check_page(page)
    press(page, "There is nobody: go on")
    press(page, "Choose mentors", "link")
    check_page(page)
    page.get_by_label("First choice").select_option("Tom Example")
    page.get_by_label("Second choice").select_option("Una Example")
    press(page, "Save my choice")
    confirm(page)
    check_page(page)
    press(page, "Send my request to Tom Example")
    expect(page.get_by_role("heading", name="Tom Example is asked")).to_be_visible()
    check_page(page)


def he_answers(page, check_page) -> None:
    go(page, "my-profile/")
    check_page(page)
    go(page, "people/")
    check_page(page)
    press(page, "read what they ask, and answer", "link")
    confirm(page)
    expect(page.get_by_text("To try for sergeant <script>alert(1)</script>")).to_be_visible()
    check_page(page)
    press(page, "Ask Asha for more first", "link")
    check_page(page)
    press(page, "Back without asking", "link")
    press(page, "Yes, mentor Asha")
    press(page, "Asha Patel", "link")
    check_page(page)
    press(page, "Plan a session with Asha", "link")
    day = timezone.localdate() + timedelta(days=10)
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))
    check_page(page)
    press(page, "Save")
    press(page, "Write a note", "link")
    page.get_by_label("Your note").fill("Bring the framework")
    press(page, "Save")


def she_sets_a_goal_and_ends_it(page, check_page) -> None:
    go(page, "find/")
    press(page, "Set a goal with Tom", "link")
    page.get_by_label("What do you want to reach?").fill("Be ready in spring")
    press(page, "Save")
    check_page(page)
    press(page, "Read goals and sessions in words", "link")
    confirm(page)
    check_page(page)
    press(page, "Back", "link")
    press(page, "Obtain my mentor’s working notes", "link")
    expect(page.get_by_text("Bring the framework")).to_be_visible()
    press(page, "Back", "link")
    press(page, "End this mentoring with Tom Example", "link")
    check_page(page)
    press(page, "End it with Tom Example")
    check_page(page)
    page.get_by_label("Partly").check()
    press(page, "Send my answer")
    expect(page.get_by_text("nobody can see that it was yours")).to_be_visible()
