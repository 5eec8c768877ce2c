"""Training and events as people see them, wide and narrow: to book, one's own, to organise."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.guidance import a_page
from tests.factories.people import DivisionFactory, StationFactory, the_force
from tests.factories.training import course, is_over, requirement, session_of
from wellbeing.training.actions import completions, places
from wellbeing.training.models import Purpose
from wellbeing.web.identity import acting_as

MANAGERS = "Mental health training for line managers and supervisors"


@pytest.fixture
def year(asha, chidi, champion, coordinator, station):
    """A session over and written, one over and not written, and coming ones of every kind; by name."""
    the_force()
    deal = StationFactory(name="Deal", district="Dover", division=DivisionFactory(name="East"))
    must = course(MANAGERS, valid_months=24, provider="Welfare and counselling service (WCS)")
    requirement(must)
    must.reading.set([a_page("The right words")])
    roadshow = course("Mindfulness roadshow", purpose=Purpose.EVENT, summary="Ten quiet minutes. Come as you are.")
    sessions = {
        "written": session_of(must, station=station),
        "held": session_of(must, station=station, room="Conference room"),
        "roadshow": session_of(roadshow, in_days=6, station=station, room="Canteen", notes="Tea and mats are there."),
        "elsewhere": session_of(roadshow, in_days=8, station=deal),
        "full": session_of(course("Sleep and shifts", purpose=Purpose.EVENT), room="By video", capacity=1),
        "champion": session_of(course("Becoming a champion", purpose=Purpose.CHAMPION), trainer="Dr Shah"),
    }
    for name, people in {"written": [asha], "held": [asha, chidi], "roadshow": [asha, chidi], "full": [chidi]}.items():
        for person in people:
            with acting_as(person):
                places.book(session=sessions[name], by=person)
    with acting_as(coordinator):
        until = timezone.now() + timedelta(days=4)
        places.offer(session=sessions["champion"], person=asha, until=until, by=coordinator)
        written = is_over(sessions["written"])
        completions.mark_attendance(session=written, came={written.places.get().pk}, by=coordinator)
    is_over(sessions["held"])
    return sessions


def test_the_pages_for_everybody_look_right(page, sign_in, year, asha, check_page):
    sign_in(asha)
    addresses = ["/", "/training/", "/training/?where=division-east", "/training/mine/", "/champions/stations/ashford/"]
    addresses += [year[name].get_absolute_url() for name in ("roadshow", "full", "champion", "written")]
    for address in addresses:
        page.goto(address)
        check_page(page)


def test_a_place_is_booked_and_given_back_with_a_keyboard(page, sign_in, year, asha):
    sign_in(asha)
    page.goto("/training/")
    page.get_by_label("Where").select_option("Deal")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").press("Enter")
    with page.expect_navigation():
        page.get_by_role("link", name="Mindfulness roadshow").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Book a place").press("Enter")
    expect(page.get_by_text("The place is yours.")).to_be_visible()
    page.locator("summary", has_text="I cannot come").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Give my place back").press("Enter")
    expect(page.get_by_text("You have given your place back.")).to_be_visible()


def test_the_organisers_pages_look_right(page, sign_in, year, chidi, coordinator, check_page):
    sign_in(coordinator)
    held, coming = (f"/training/organise/{year[name].pk}/" for name in ("held", "roadshow"))
    addresses = ["/training/organise/", "/training/organise/plan/", "/training/organise/record/"]
    addresses += ["/training/organise/courses/new/", f"/training/organise/courses/{year['held'].course_id}/"]
    addresses += [coming, f"{coming}change/", f"{coming}cancel/", f"{coming}sheet/", held, f"{held}attendance/"]
    with acting_as(coordinator):
        elsewhere = completions.record(
            person=chidi, course=year["held"].course, completed_on=timezone.localdate(), by=coordinator
        )
    addresses.append(f"/training/organise/record/{elsewhere.pk}/")
    for address in addresses:
        page.goto(address)
        check_page(page)
    page.goto("/training/organise/plan/")
    with page.expect_navigation():
        page.get_by_role("button", name="Plan the session").click()
    check_page(page)
    page.get_by_role("link", name="Fill in “Begins at”.").click()
    assert page.evaluate("document.activeElement.id") == "id_starts"
