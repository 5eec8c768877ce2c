"""Looking after volunteers: supervision, a log for their own eyes, a break with a call, topics that people lacked."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spocs import actions
from spocs.actions import volunteering as acts
from spocs.models import Conversation, Lacked, Spoc, SpocSupervision, week_of
from spocs.queries import volunteering as queries
from tests.databases import the_worker
from tests.factories.spocs import by_oneself, listed_spoc, own_row, topic
from tests.reminders.outbox import reminders, shown_to, sweep
from tests.spocs.test_reviews import EVERYBODY
from tests.spocs.test_views import text_of
from wellbeing.confidential.retention import purge
from wellbeing.people.models import RoleAssignment
from wellbeing.support.actions import load_shipped_guidance
from wellbeing.support.models import Guidance
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db

OWN, SUPERVISIONS, LACKED = "/spocs/me/volunteering/", "/spocs/network/supervision/", "/spocs/lacked/"
RING_ME = "/spocs/me/ring-me/"


def noted(person, *, heavy: int = 2, weeks_ago: int = 0) -> None:
    with acting_as(person):
        week = week_of() - timedelta(weeks=weeks_ago)
        acts.note_conversation(by=person, key=uuid.uuid4(), week=week, heavy=heavy)


def told_lacked(person, times: int = 1, **what) -> None:
    with acting_as(person):
        for _ in range(times):
            acts.tell_lacked(by=person, key=uuid.uuid4(), **what)


def supervised(person, coordinator, *, days_ago: int = 1, next_in: int = 80) -> None:
    today = timezone.localdate()
    days = {"held_on": today - timedelta(days=days_ago), "next_on": today + timedelta(days=next_in)}
    with acting_as(coordinator):
        acts.note_supervision(spoc=person.spoc, by=coordinator, with_whom=coordinator, key=uuid.uuid4(), **days)


def of(day, name: str) -> dict:
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_each_page_is_open_to_whom_it_is_for_and_there_is_none_for_others(
    answered_otherwise, request, spoc, browse_as, coordinator
):
    told_lacked(spoc, words="Waiting for a hearing")
    row = queries_row(coordinator)
    of_the_coordinator = [SUPERVISIONS, f"/spocs/network/{spoc.spoc.pk}/supervision/", f"{LACKED}{row.pk}/"]
    for pages, readers in (
        ([OWN, f"post {OWN}lacked/"], {"spoc", "champion", "welfare_mentor"}),
        (of_the_coordinator, {"coordinator"}),
        ([LACKED], {"coordinator", "lead"}),
    ):
        assert answered_otherwise(200, sorted(readers), pages) == []
        assert answered_otherwise(404, sorted({*EVERYBODY} - readers), pages) == []
    pages = {who: text_of(browse_as(request.getfixturevalue(who)).get(LACKED)) for who in EVERYBODY}
    assert {who for who, page in pages.items() if "Waiting for a hearing" in page} == {"coordinator"}


def queries_row(coordinator) -> Lacked:
    with acting_as(coordinator):
        return queries.typed().get()


# --- What somebody carries -----------------------------------------------------------------------------------


def test_a_volunteer_notes_a_conversation_once_however_often_they_press_and_deletes_it_at_once(browse_as, champion):
    browser = browse_as(champion)
    assert "You have not noted anything" in text_of(browser.get(OWN))
    answers = {"key": uuid.uuid4(), "week": week_of().isoformat(), "heavy": 3}
    for _ in range(2):
        browser.post(f"{OWN}conversation/", answers)
    noted(champion, heavy=1, weeks_ago=1)
    with acting_as(champion):
        assert Conversation.objects.count() == 2
    browser.post(f"{OWN}forget/", {"week": week_of().isoformat()})
    with acting_as(champion):
        assert Conversation.objects.get().heavy == 1
    browser.post(f"{OWN}forget/", {})
    assert "You have not noted anything" in text_of(browser.get(OWN))


def test_a_conversation_without_an_answer_or_of_another_week_is_not_noted(browse_as, champion):
    browser = browse_as(champion)
    page = text_of(browser.post(f"{OWN}conversation/", {"key": uuid.uuid4()}))
    assert "There is a problem" in page
    with pytest.raises(ValidationError, match="this week and the last"):
        noted(champion, weeks_ago=2)
    assert browser.post(f"{OWN}forget/", {"week": "soon"}).status_code == 404


def test_nobody_else_reads_or_writes_what_a_volunteer_notes(request, champion):
    noted(champion)
    for who in (None, "asha", "ben", "coordinator", "hr", "lead", "dpo", "superuser"):
        with acting_as(who and request.getfixturevalue(who)):
            assert not Conversation.objects.exists(), who
            refused = False
            try:
                with transaction.atomic():
                    Conversation.objects.create(person=champion, week=week_of(), heavy=1)
            except ProgrammingError as error:
                refused = "row-level security" in str(error)
            assert refused, who


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_no_word_of_how_it_felt_and_deletes_after_thirteen_months(champion):
    noted(champion)
    told_lacked(champion, words="Waiting for a hearing")
    with the_worker(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Conversation.objects.get()
    for months, kept in ((12, 1), (15, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=31 * months), tick=False):
            with the_worker():
                purge()
            with acting_as(champion):
                assert Conversation.objects.count() == kept


@pytest.mark.parametrize(("felt", "is_a_lot"), [([1] * 7, False), ([1] * 8, True), ([3] * 2, False), ([3] * 3, True)])
def test_a_gentle_sentence_stands_where_it_is_a_lot(browse_as, champion, felt, is_a_lot):
    for heavy in felt:
        noted(champion, heavy=heavy)
    assert ("a lot for one person" in text_of(browse_as(champion).get(OWN))) is is_a_lot


def test_the_guidance_for_volunteers_is_linked_as_far_as_it_is_published(browse_as, champion):
    load_shipped_guidance()
    boundaries = Guidance.objects.get(slug="boundaries-for-volunteers")
    yourself = Guidance.objects.get(slug="looking-after-yourself-as-a-volunteer")
    assert boundaries.get_absolute_url() in browse_as(champion).get(OWN).content.decode()
    Guidance.objects.filter(pk=boundaries.pk).update(published=False)
    page = browse_as(champion).get(OWN).content.decode()
    assert yourself.get_absolute_url() in page
    assert boundaries.get_absolute_url() not in page


def test_whoever_volunteers_no_longer_finds_what_is_left_to_delete(browse_as, spoc):
    noted(spoc)
    by_oneself(actions.pause, spoc.spoc)
    assert "What you carry" in text_of(browse_as(spoc).get(OWN))
    by_oneself(actions.withdraw, spoc.spoc)
    assert browse_as(spoc).get(OWN).status_code == 404
    with acting_as(spoc):
        assert not Conversation.objects.exists()


# --- Supervision ---------------------------------------------------------------------------------------------


def test_the_coordinator_notes_a_supervision_and_the_spoc_finds_both_days(browse_as, spoc, coordinator):
    today = timezone.localdate()
    address, browser = f"/spocs/network/{spoc.spoc.pk}/supervision/", browse_as(coordinator)
    answers = {"key": uuid.uuid4(), "with_whom": coordinator.staff_number} | of(today, "held_on")
    assert "Enter a day after it was held" in text_of(browser.post(address, answers | of(today, "next_on")))
    own = answers | {"with_whom": spoc.staff_number} | of(today + timedelta(days=70), "next_on")
    assert "their own number" in text_of(browser.post(address, own))
    for _ in range(2):
        browser.post(address, answers | of(today + timedelta(days=70), "next_on"))
    assert "last held on" in text_of(browser.get(SUPERVISIONS))
    page = text_of(browse_as(spoc).get(OWN))
    assert f"with {coordinator.name}" in page
    with acting_as(spoc):
        assert SpocSupervision.objects.count() == 1


def test_the_day_of_the_next_supervision_is_put_right_by_noting_it_once_more(browse_as, spoc, coordinator, asha):
    today = timezone.localdate()
    address, browser = f"/spocs/network/{spoc.spoc.pk}/supervision/", browse_as(coordinator)
    for days in (700, 70):  # the first a slip of the keys
        answers = {"key": uuid.uuid4(), "with_whom": asha.staff_number} | of(today, "held_on")
        browser.post(address, answers | of(today + timedelta(days=days), "next_on"))
    with acting_as(spoc):
        assert [row.next_on for row in SpocSupervision.objects.all()] == [today + timedelta(days=70)]
        assert SpocSupervision.objects.update(next_on=today + timedelta(days=99)) == 0


def test_nobody_notes_their_own_supervision_and_it_is_read_by_two_alone(spoc, coordinator, asha, hr, lead):
    supervised(spoc, coordinator)
    for who, seen in ((spoc, 1), (coordinator, 1), (asha, 0), (hr, 0), (lead, 0), (None, 0)):
        with acting_as(who):
            assert SpocSupervision.objects.count() == seen
    row = {"held_on": timezone.localdate(), "next_on": timezone.localdate() + timedelta(days=9), "with_whom": asha}
    with acting_as(spoc):
        RoleAssignment.objects.filter(person=coordinator).update(person=spoc)
        spoc = type(spoc).objects.get(pk=spoc.pk)
        with pytest.raises(PermissionDenied):
            acts.note_supervision(spoc=spoc.spoc, by=spoc, key=uuid.uuid4(), **row)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            SpocSupervision.objects.create(spoc=spoc.spoc, noted_by=spoc, **row)


@pytest.mark.django_db(transaction=True)
def test_both_are_reminded_of_a_supervision_until_it_is_noted(spoc, coordinator, mid_morning):
    def told(person) -> bool:
        return any("supervision" in sentence.lower() for sentence in shown_to(person))

    supervised(spoc, coordinator, days_ago=90, next_in=0)
    sweep()
    assert told(spoc)
    assert told(coordinator)
    supervised(spoc, coordinator)
    assert not told(spoc)
    assert not told(coordinator)


def counted(browser, page) -> int:
    with CaptureQueriesContext(connection) as queries_of_the_page:
        assert browser.get(page).status_code == 200
    return len(queries_of_the_page)


def test_the_coordinators_page_takes_the_same_queries_for_one_and_for_three(browse_as, spoc, coordinator):
    browser = browse_as(coordinator)
    browser.get(SUPERVISIONS)
    for_one = counted(browser, SUPERVISIONS)
    by_oneself(actions.pause, listed_spoc(), ring_me=True)
    listed_spoc()
    with_a_call = counted(browser, SUPERVISIONS)
    by_oneself(actions.pause, listed_spoc(), ring_me=True)
    listed_spoc()
    assert with_a_call == counted(browser, SUPERVISIONS)
    assert with_a_call == for_one


def test_so_do_a_volunteers_own_page_and_that_of_topics_lacked(browse_as, spoc, coordinator):
    pages = [(browse_as(spoc), OWN), (browse_as(coordinator), LACKED)]

    def one_more(number: int) -> list[int]:
        noted(spoc, weeks_ago=number % 2)
        told_lacked(spoc, words=f"Waiting for hearing {number}")
        told_lacked(spoc, topic=topic(f"Topic {number}"))
        supervised(spoc, coordinator, days_ago=number + 1)
        return [counted(*page) for page in pages]

    one_more(0)
    few = one_more(1)
    assert one_more(2) == one_more(3) == few


# --- A break -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_break_with_a_call_is_told_to_the_coordinator_by_name_until_they_have_rung(
    browse_as, spoc, coordinator, asha, lead, mid_morning
):
    browse_as(spoc).post(RING_ME)
    assert own_row(spoc).state == "paused"
    assert [sentence for sentence in shown_to(coordinator) if "ring" in sentence] == [
        f"{spoc.name} asks you to ring them."
    ]
    for who in (asha, lead):
        with acting_as(who):
            assert not Spoc.objects.exists()
        assert shown_to(who) == []
    browser = browse_as(coordinator)
    assert f"I have rung {spoc.name}" in text_of(browser.get(SUPERVISIONS))
    assert browse_as(lead).post(f"/spocs/network/{spoc.spoc.pk}/rung/").status_code == 404
    browser.post(f"/spocs/network/{spoc.spoc.pk}/rung/")
    with acting_as(coordinator):
        assert not Spoc.objects.exists()
    assert shown_to(coordinator) == []
    assert own_row(spoc).state == "paused"


@pytest.mark.django_db(transaction=True)
def test_a_break_alone_is_told_to_nobody_and_a_wish_for_a_call_can_be_taken_back(
    browse_as, spoc, coordinator, mid_morning
):
    browser = browse_as(spoc)
    browser.post("/spocs/me/pause/")
    sweep()
    assert reminders(kind="spocs.ring") == []
    assert "Nobody has asked for a call" in text_of(browse_as(coordinator).get(SUPERVISIONS))
    browser.post(RING_ME)
    assert len(reminders(kind="spocs.ring")) == 1
    browser.post("/spocs/me/pause/")
    assert reminders(kind="spocs.ring") == []
    browser.post(RING_ME)
    browser.post("/spocs/me/resume/")
    assert own_row(spoc).ring_asked_on is None
    assert reminders(kind="spocs.ring") == []


def test_where_nobody_coordinates_no_call_is_promised_and_no_break_begins(browse_as, spoc, coordinator):
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=coordinator).update(starts=yesterday, ends=yesterday)
    page = text_of(browse_as(spoc).post(RING_ME, follow=True))
    assert "no coordinator who could ring you" in page
    assert own_row(spoc).state == "active"


def test_withdrawing_takes_the_supervision_and_the_wish_for_a_call(spoc, coordinator):
    supervised(spoc, coordinator)
    by_oneself(actions.pause, spoc.spoc, ring_me=True)
    by_oneself(actions.withdraw, spoc.spoc)
    assert own_row(spoc).ring_asked_on is None
    with acting_as(spoc):
        assert not SpocSupervision.objects.exists()


# --- Topics that people lacked -------------------------------------------------------------------------------


def test_a_topic_is_told_once_and_told_of_in_steps_of_five(browse_as, champion, coordinator, lead):
    sleep, grief = topic("Not sleeping"), topic("Losing somebody")
    browser, key = browse_as(champion), uuid.uuid4()
    for _ in range(2):
        browser.post(f"{OWN}lacked/", {"key": key, "topic": grief.pk, "words": ""})
    told_lacked(champion, times=7, topic=sleep)
    for who in (coordinator, lead):
        page = text_of(browse_as(who).get(LACKED))
        assert "Not sleeping: 5 times or more" in page
        assert "Losing somebody: fewer than 5 times" in page


def test_one_of_a_topic_and_words_is_asked_for_and_what_was_typed_stays(browse_as, champion):
    sleep, browser = topic("Not sleeping"), browse_as(champion)
    assert "Choose a topic, or type one" in text_of(browser.post(f"{OWN}lacked/", {"key": uuid.uuid4()}))
    page = browser.post(f"{OWN}lacked/", {"key": uuid.uuid4(), "topic": sleep.pk, "words": "Nights"})
    assert "one of the two" in text_of(page)
    assert b'value="Nights"' in page.content


@pytest.mark.parametrize("who", [None, "champion", "asha", "hr", "lead", "dpo", "superuser"])
def test_typed_words_are_the_coordinators_alone_and_a_telling_is_nobodys_to_read(who, request, champion):
    told_lacked(champion, words="Waiting for a hearing")
    told_lacked(champion, topic=topic("Not sleeping"))
    with acting_as(who and request.getfixturevalue(who)):
        assert not Lacked.objects.exists()
        assert Lacked.objects.all().delete()[0] == 0
        assert (queries.lacked() != []) is (who == "lead")


def test_who_does_not_volunteer_tells_nothing(asha):
    with acting_as(asha), pytest.raises(PermissionDenied):
        acts.tell_lacked(by=asha, key=uuid.uuid4(), words="Anything")


def test_the_coordinator_counts_typed_words_for_a_topic_or_deletes_them(browse_as, champion, coordinator, lead):
    waiting = topic("Waiting for a decision")
    told_lacked(champion, words="Waiting for a hearing")
    browser = browse_as(coordinator)
    address = f"{LACKED}{queries_row(coordinator).pk}/"
    assert "Choose the topic" in text_of(browser.post(address, {"topic": ""}))
    browser.post(address, {"topic": waiting.pk})
    assert "Waiting for a decision: fewer than 5 times" in text_of(browse_as(lead).get(LACKED))
    told_lacked(champion, words="Somebody's name")
    browser.post(f"{LACKED}{queries_row(coordinator).pk}/delete/")
    page = text_of(browser.get(LACKED))
    assert "No words are waiting for you" in page
    assert "hearing" not in page


def test_a_champion_and_mentors_find_the_page_from_their_own(browse_as, champion, welfare_mentor):
    assert f'href="{OWN}"' in browse_as(champion).get("/champions/me/").content.decode()
    assert f'href="{OWN}"' in browse_as(welfare_mentor).get("/mentoring/welfare/my-profile/").content.decode()
    assert "your profile as a welfare mentor" in text_of(browse_as(welfare_mentor).get(OWN))
