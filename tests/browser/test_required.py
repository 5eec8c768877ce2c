"""Who holds required training, and one's own, in a browser: every page through axe, and as narrow as a phone."""

import re

import pytest

from tests.factories.guidance import a_page
from tests.factories.people import DivisionFactory, StationFactory
from tests.factories.training import course, requirement, session_of
from tests.mentoring.pages import log_page
from tests.training.standing import supervisor
from wellbeing.training.actions import requirements
from wellbeing.training.models import Standing

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def required(asha, ben, as_owner):
    """A required course, and supervisors of every standing at three stations."""
    made = requirement(
        course("Mental health training for line managers and supervisors", valid_months=24), ranks=["Insp"]
    )
    made.course.reading.set([a_page("Asking twice"), a_page("The right words")])
    requirements.sync()
    session = session_of(made.course, capacity=30)
    deal = StationFactory(name="Deal", division=DivisionFactory(name="South"))
    headquarters = StationFactory(name="Headquarters (Sutton Road)", division=deal.division)
    for number, station in enumerate((ben.station, deal, headquarters)):
        for standing in Standing:
            for each in range(1 + (number + len(standing)) % 3):
                supervisor(as_owner, session, standing, station=station, known_as=f"Sam{number}{each}")
    return made


def test_hr_goes_from_the_numbers_to_names(page, sign_in, check_page, required, hr):
    sign_in(hr)
    page.goto("/training/compliance/")
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^South")).click()
    assert page.get_by_role("img", name=re.compile("^Deal: ")).is_visible()
    check_page(page)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Deal")).click()
    page.get_by_label("How they stand").select_option("Expired")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    assert page.get_by_role("row").count() == 1 + page.get_by_text(", held until").count() > 1
    check_page(page)


def test_a_line_manager_finds_their_own_and_reads_again_without_losing_the_form(
    page, context, sign_in, check_page, required, asha, ben
):
    sign_in(ben)
    page.goto("/mentoring/")
    assert page.get_by_role("heading", name="Your training: Mental health training").is_visible()
    check_page(page)
    page.goto(log_page(asha))
    page.get_by_text("A short refresher before you talk").click()
    page.get_by_label("How are you?").fill("Half a sentence")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Asking twice (opens in a new tab)").click()
    opened.value.wait_for_load_state()
    assert opened.value.get_by_role("heading", level=1, name="Asking twice").is_visible()
    assert page.get_by_label("How are you?").input_value() == "Half a sentence"
    check_page(page)
