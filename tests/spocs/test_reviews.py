"""A new profile is read by the coordinator first: who may, what they see, and what comes back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from spocs import actions
from spocs.models import Spoc
from tests.factories.people import PersonFactory
from tests.factories.spocs import agreed, by_oneself, invited, listed_spoc, own_row, topic
from tests.spocs.test_views import LIST, filled_in, text_of
from wellbeing.reminders.queries import items_for
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

NETWORK, KNOWN = "/spocs/network/", "/spocs/known/"
CHECKED = {"singles_nobody_out": "on", "is_about_nobody_else": "on", "talked": "on"}
EVERYBODY = (
    *("asha", "ben", "chidi", "champion", "spoc", "welfare_mentor", "hr", "coordinator", "secretary", "lead"),
    *("guardian", "dpo", "technical_admin", "superuser"),
)


@pytest.fixture
def kim(coordinator) -> Spoc:
    """Kim, who has agreed and waits."""
    return agreed(
        person=PersonFactory(known_as="Kim", last_name="Hale"), role_words="Dog handler", topics=[topic("Not sleeping")]
    )


def page_of(spoc: Spoc) -> str:
    return f"{NETWORK}{spoc.pk}/"


def told(person) -> list[str]:
    with acting_as(person):
        return [item.sentence for item in items_for(person)]


def test_the_pages_of_the_network_are_the_coordinators_and_one_is_hrs(kim, answered_otherwise):
    pages = [NETWORK, page_of(kim), "/spocs/invite/", f"post {page_of(kim)}", f"post {page_of(kim)}back/"]
    others = [who for who in EVERYBODY if who != "coordinator"]
    assert answered_otherwise(200, ["coordinator"], pages) == []
    assert answered_otherwise(404, others, pages) == []
    assert answered_otherwise(200, ["hr"], [KNOWN]) == []
    assert answered_otherwise(404, [who for who in EVERYBODY if who != "hr"], [KNOWN]) == []
    assert answered_otherwise(410, EVERYBODY, [kim.get_absolute_url()]) == []


def test_the_coordinator_reads_what_will_show_and_lists_it_with_everything_ticked(browse_as, kim, coordinator, asha):
    browser = browse_as(coordinator)
    assert "Read the profile of Kim Hale" in text_of(browser.get(NETWORK))
    page = text_of(browser.get(page_of(kim)))
    assert "Kim Dog handler" in page
    assert "Not sleeping" in page
    assert "Tick this once it is so" in text_of(browser.post(page_of(kim), {"talked": "on"}))
    assert "Call Kim" not in text_of(browse_as(asha).get(LIST))
    assert any("agreed to be listed" in sentence for sentence in told(coordinator))

    browser.post(page_of(kim), CHECKED)

    assert "Call Kim" in text_of(browse_as(asha).get(LIST))
    assert "No profile is waiting for you." in text_of(browser.get(NETWORK))
    assert not any("agreed to be listed" in sentence for sentence in told(coordinator))
    assert any("on the list since" in sentence for sentence in told(kim.person))


def test_no_page_of_the_network_counts_by_topic_and_the_number_of_queries_stands(
    browse_as, kim, coordinator, django_assert_max_num_queries
):
    browser = browse_as(coordinator)
    browser.get(NETWORK)
    with django_assert_max_num_queries(60) as few:
        page = text_of(browser.get(NETWORK))
    for _ in range(3):
        agreed(topics=[topic("Not sleeping")])
        invited(PersonFactory())
    with django_assert_max_num_queries(len(few)):
        browser.get(NETWORK)
    assert "Not sleeping" not in page


def test_what_came_back_is_read_by_its_spoc_decided_anew_and_the_sentence_is_gone(browse_as, kim, coordinator):
    browser, own = browse_as(coordinator), browse_as(kim.person)
    missing = browser.post(f"{page_of(kim)}back/", {"sentence": " "})
    assert 'href="#id_sentence">Write what should be changed' in missing.content.decode()
    assert "<title>Error: " in missing.content.decode()
    browser.post(f"{page_of(kim)}back/", {"sentence": "Please leave out the dogs."})

    page = text_of(own.get("/spocs/me/"))
    assert "Please leave out the dogs." in page
    assert any("asks for a change" in sentence for sentence in told(kim.person))
    assert "Dog handler" in own.get("/spocs/me/profile/").content.decode()
    assert browser.get(page_of(kim)).status_code == 404
    assert "leave out the dogs" not in text_of(browser.get(NETWORK))

    own.post("/spocs/me/profile/", filled_in(agree="on"))
    assert (own_row(kim.person).state, own_row(kim.person).sent_back) == ("review", "")
    assert not any("asks for a change" in sentence for sentence in told(kim.person))
    assert "Kim Hale" in text_of(browser.get(NETWORK))


def test_whoever_waits_to_be_read_sees_so_and_can_withdraw(browse_as, kim):
    own = browse_as(kim.person)
    assert "The coordinator reads your profile first" in text_of(own.get("/spocs/me/"))
    assert "reads this profile first" in text_of(own.post("/spocs/me/pause/", follow=True))
    own.post("/spocs/me/withdraw/")
    assert own_row(kim.person).state == "withdrawn"


def test_nobody_lists_themselves_not_even_the_coordinator(browse_as, coordinator):
    own, browser = agreed(person=coordinator), browse_as(coordinator)
    assert "Nobody lists themselves" in text_of(browser.get(NETWORK))
    assert browser.get(page_of(own)).status_code == 404
    with acting_as(coordinator), pytest.raises(PermissionDenied):
        actions.agree(spoc=own, by=coordinator)
    with acting_as(coordinator):
        assert "spocs.review" not in {item.reminder.kind for item in items_for(coordinator)}


def test_a_button_pressed_after_another_coordinator_did_says_so(kim, coordinator):
    with acting_as(coordinator):
        actions.agree(spoc=kim, by=coordinator)
        with pytest.raises(ValidationError, match="does not wait to be read"):
            actions.send_back(spoc=kim, by=coordinator, sentence="Say less.")
    assert own_row(kim.person).state == "active"


# --- What HR knows --------------------------------------------------------------------------------------


def test_hr_sees_who_says_so_and_never_a_topic_nor_a_break(browse_as, hr, spoc, django_assert_max_num_queries):
    said = [listed_spoc(person=PersonFactory(known_as="Lou"), hr_may_know=True, topics=[topic("Not sleeping")])]
    browser = browse_as(hr)
    browser.get(KNOWN)
    with django_assert_max_num_queries(60) as few:
        browser.get(KNOWN)
    said += [listed_spoc(person=PersonFactory(known_as=name), hr_may_know=True) for name in ("Max", "Noor")]
    by_oneself(actions.pause, said[1])
    with django_assert_max_num_queries(len(few)):
        page = text_of(browser.get(KNOWN))
    assert [name for name in ("Lou", "Max", "Noor", "Sasha") if name in page] == ["Lou", "Noor"], (
        "nor who is on a break"
    )
    assert "Not sleeping" not in page

    by_oneself(actions.change_profile, said[0], hr_may_know=False)
    by_oneself(actions.withdraw, said[2])
    by_oneself(actions.resume, said[1])
    assert [name for name in ("Lou", "Max", "Noor") if name in text_of(browser.get(KNOWN))] == ["Max"]


def test_hr_finds_an_empty_page_that_proves_nothing(browse_as, hr, spoc):
    assert "That does not mean that there are no SPOCs." in text_of(browse_as(hr).get(KNOWN))
