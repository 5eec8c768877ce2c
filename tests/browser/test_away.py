"""The whole way of somebody who is off sick, through the browser, as each of the people who see a part of it: away,
first contact, swap, coming back, phased hours, adjustments, done."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_one_to_ones import confirm
from tests.factories.people import PersonFactory, the_force
from tests.mentoring.absent import a_mentor, trained
from wellbeing.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "vault"]), pytest.mark.timeout(240)]

IN_HAND = "Contact is in hand."


class Story:
    """One browser in which people sign in one after the other."""

    def __init__(self, page, sign_in, check_page):
        self.page, self.sign_in, self.check = page, sign_in, check_page

    def of(self, person, address: str) -> None:
        self.sign_in(person)
        self.go(address)

    def go(self, address: str) -> None:
        self.page.goto(address)
        confirm(self.page)

    def click(self, role: str, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()
        confirm(self.page)

    def date(self, name: str, day) -> None:
        for part in ("day", "month", "year"):
            self.page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()


@dataclass
class Who:
    """Asha, who is away; Ben, her line manager; Cora, the coordinator; Wilma, a welfare mentor; Ines, who decides."""

    asha: Person
    ben: Person
    cora: Person
    wilma: Person
    ines: Person


@pytest.fixture
def story(page, sign_in, check_page):
    the_force()
    page.set_default_timeout(15_000)
    return Story(page, sign_in, check_page)


def says_that_she_is_away(story, who):
    """Ben says that Asha is away: dates, no reason."""
    story.of(who.ben, "/mentoring/")
    story.click("link", "Say that Asha is away")
    story.date("first_day", timezone.localdate() - timedelta(days=9))
    story.check(story.page)
    story.click("button", "Say that Asha is away")
    story.reads("Their 1-1s rest meanwhile", "You keep contact")
    story.check(story.page)


def decides_how_contact_is_kept(story, who):
    """Asha decides how contact is kept, and what is done if she does not answer."""
    story.of(who.asha, "/my-plan/")
    story.reads("Ben Okafor, your line manager.", "This is the default")
    story.check(story.page)
    story.click("link", "Change how contact is kept")
    story.page.get_by_label("Text message", exact=True).first.check()
    story.page.get_by_label("Every … days").fill("10")
    story.page.locator("[name=step_1]").select_option("text")
    story.check(story.page)
    story.click("button", "Save")
    story.reads("every 10 days")
    story.go("/my-plan/colleagues/")
    story.page.locator("textarea").fill("That I am away, and that cards are welcome")
    story.click("button", "Save")


def writes_the_first_contact_down(story, who):
    """Ben writes the first contact down."""
    story.of(who.ben, "/mentoring/contacts/")
    story.click("link", "Write down a contact with Asha Patel")
    story.page.get_by_label("Phone call").check()
    story.page.get_by_label("Yes, we were in touch").check()
    story.page.get_by_label("In a few words").fill("Slept a little better <b>said so</b>")
    story.check(story.page)
    story.click("button", "Save this contact")
    story.reads("is written down")
    story.click("link", "What was agreed, and contacts with Asha Patel")
    story.reads("Slept a little better <b>said so</b>", "cards are welcome")
    story.check(story.page)
    story.timeline = story.page.url


def asks_for_somebody_else_and_picks(story, who):
    """Asha asks for somebody else, without a reason; Cora offers; Asha picks Wilma."""
    story.of(who.asha, "/my-plan/swap/")
    story.check(story.page)
    story.click("button", "Ask for somebody else")
    story.reads("Cora Coordinator has been told")
    story.of(who.cora, "/mentoring/coordinator/")
    story.check(story.page)
    story.click("link", "Asha Patel")
    for box in story.page.get_by_role("checkbox").all():
        box.check()
    story.check(story.page)
    story.click("button", "Offer these people")
    story.of(who.asha, "/my-plan/swap/")
    story.page.get_by_label("Wilma Mentor").check()
    story.check(story.page)
    story.click("button", "Pick this person")
    story.reads("Wilma Mentor keeps contact with you from now on")


def reads_that_contact_is_in_hand(story, who):
    """Ben reads the same words as after any other choice, and opens nothing any longer."""
    story.of(who.ben, "/mentoring/")
    story.reads(IN_HAND)
    expect(story.page.get_by_text("Wilma")).to_have_count(0)
    story.go(story.timeline)
    story.reads("You keep no contact here at the moment")
    expect(story.page.get_by_text("Slept a little better")).to_have_count(0)


def keeps_contact_with_a_clean_page(story, who):
    """Wilma keeps contact. What was said before stays closed to her."""
    story.of(who.wilma, "/mentoring/contacts/")
    story.click("link", "What was agreed, and contacts with Asha Patel")
    story.reads("cards are welcome")
    expect(story.page.get_by_text("Slept a little better")).to_have_count(0)
    story.check(story.page)


def comes_back_and_chooses_whom_to_meet(story, who):
    """Asha comes back today, and chooses Wilma for the meeting."""
    story.of(who.asha, "/my-plan/dates/")
    story.date("back_on", timezone.localdate())
    story.click("button", "Save the dates")
    story.go("/my-plan/return/")
    story.check(story.page)
    story.click("link", "Choose with whom you meet")
    story.page.get_by_label("Whoever keeps contact with me, Wilma Mentor").check()
    story.page.get_by_label("A representative or friend sits beside me").check()
    story.click("button", "Go on")
    story.check(story.page)
    story.click("button", "Yes, I meet with Wilma Mentor")
    story.reads("You meet with Wilma Mentor")


def write_the_plan_together(story, who):
    """They write the plan: words, duty, hours week by week, an adjustment that Ben may not decide unasked."""
    story.of(who.wilma, "/mentoring/returns/")
    story.check(story.page)
    story.click("link", "Asha Patel")
    story.click("link", "Write the plan with Asha")
    story.page.get_by_label("What would support you?").fill("A quiet first week")
    story.page.get_by_label("Recuperative duty").check()
    story.page.get_by_label("Contracted hours a week").fill("40")
    story.click("button", "Propose 50, 60, 75 and 100 %")
    expect(story.page.locator("[name=hours_1]")).to_have_value("20.0")
    story.check(story.page)
    story.click("button", "Save the plan")
    story.reads("A quiet first week", "Recuperative duty")
    expect(story.page.get_by_role("img", name="Hours week by week")).to_be_visible()
    story.check(story.page)
    story.click("link", "Add an adjustment")
    story.page.get_by_label("What is adjusted").fill("Starts at ten")
    story.page.get_by_label("Who decides, by staff number").fill(who.ben.staff_number)
    story.click("button", "Put it into the plan")
    story.reads("Waiting for Ben Okafor to decide")
    expect(story.page.get_by_text("Ben Okafor is named")).to_have_count(0)


def has_somebody_else_decide(story, who):
    """Ben is not asked before Asha says so. She would rather have somebody else; Wilma names Ines."""
    story.of(who.ben, "/mentoring/adjustments/to-decide/")
    story.reads("Nothing waits for your decision.")
    story.of(who.asha, "/my-plan/return/")
    story.reads("Ben Okafor is named to decide")
    story.check(story.page)
    story.click("button", "Somebody else should decide")
    story.of(who.wilma, "/mentoring/returns/")
    story.click("link", "Asha Patel")
    story.reads("Asha would rather have somebody else decide.")
    story.click("link", "Change it")
    story.page.get_by_label("Who decides, by staff number").fill(who.ines.staff_number)
    story.click("button", "Put it into the plan")
    story.reads("Waiting for Ines Inspector to decide")
    story.click("button", "We have met")
    story.of(who.ines, "/mentoring/adjustments/to-decide/")
    story.click("link", "Decide the adjustment for Asha Patel")
    story.reads("Starts at ten")
    expect(story.page.get_by_text("A quiet first week")).to_have_count(0)
    story.page.get_by_label("Agreed", exact=True).check()
    story.check(story.page)
    story.click("button", "Save my answer")
    story.click("button", "It is in place for Asha Patel")


def see_the_plan_each_their_part(story, who):
    """Both see the plan; Ben sees hours and what is agreed, and none of the words. It is done."""
    story.of(who.asha, "/my-plan/return/")
    story.reads("A quiet first week", "Starts at ten", "In place since")
    story.check(story.page)
    story.of(who.ben, "/mentoring/")
    story.click("link", "Asha Patel: hours and adjustments")
    story.reads("Recuperative duty")
    expect(story.page.locator("td", has_text="20.0").first).to_be_visible()
    expect(story.page.get_by_text("A quiet first week")).to_have_count(0)
    story.check(story.page)
    story.go(f"/mentoring/adjustments/of/{who.asha.pk}/")
    story.reads("Starts at ten")
    story.of(who.asha, "/my-data/")
    story.reads("Ben Okafor", "Wilma Mentor", "Ines Inspector")


def test_off_sick_first_contact_swap_return_phased_hours_adjustments_done(
    story, asha, ben, coordinator, station, welfare_mentor
):
    wilma = trained(welfare_mentor)
    a_mentor("Winston", station=station)
    ines = PersonFactory(known_as="Ines", last_name="Inspector", station=station)
    who = Who(asha, ben, coordinator, wilma, ines)
    for act in (
        says_that_she_is_away,
        decides_how_contact_is_kept,
        writes_the_first_contact_down,
        asks_for_somebody_else_and_picks,
        reads_that_contact_is_in_hand,
        keeps_contact_with_a_clean_page,
        comes_back_and_chooses_whom_to_meet,
        write_the_plan_together,
        has_somebody_else_decide,
        see_the_plan_each_their_part,
    ):
        act(story, who)
