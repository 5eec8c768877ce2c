"""What is raised for the forum: with a name or truly without, and what becomes of it."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions import agenda as actions
from forum.actions import meetings
from forum.models import Item, ItemState, Raiser
from tests import traces
from tests.databases import the_worker
from tests.factories import forum
from tests.pages import text_of
from wellbeing.people.models import Change
from wellbeing.reminders import tasks as reminder_tasks
from wellbeing.reminders.models import Reminder
from wellbeing.web.identity import acting_as

OTHERS = ["ben", "champion", "spoc", "hr", "coordinator", "lead", "guardian", "dpo", "technical_admin", "superuser"]
OTHERS += ["former"]
SITTING = ["representative", "deputy"]


def said(title="Hot food at night", *, named=True, **more) -> dict:
    return {"key": uuid.uuid4(), "title": title, "text": "", "strand": "", "named": "yes" if named else "no"} | more


@pytest.fixture
def planned(secretary, representative, deputy):
    return forum.meeting(by=secretary)


@pytest.fixture
def put(browse_as, asha, secretary):
    """`put(title, named=True)`: something that Asha raises; the item, read as the secretary reads it."""

    def raised(title="Hot food at night", *, by=None, **more) -> Item:
        browse_as(by or asha).post("/forum/raise/", said(title, **more))
        with acting_as(secretary):
            return Item.objects.get(title=title)

    return raised


@pytest.fixture
def decide(browse_as, secretary):
    """`decide(item, "accept", meeting=…)`: what the secretary's page answers."""
    client = browse_as(secretary)

    def press(item, decision, **more):
        named = {name: getattr(value, "pk", value) for name, value in more.items()}
        form = {"decision": decision, "meeting": "", "into": "", "answer": "", "looked": ""} | named
        return client.post(f"/forum/items/{item.pk}/decide/", form, follow=True)

    return press


def state_of(item, secretary) -> str:
    with acting_as(secretary):
        return Item.objects.get(pk=item.pk).state


def test_anybody_raises_something_and_finds_it_again(browse_as, asha, put):
    put()
    page = text_of(browse_as(asha).get("/forum/raise/mine/"))
    assert "Hot food at night Waits for the secretary" in page
    assert "Take it back" in page


def test_the_secretary_alone_sees_who_it_was(browse_as, secretary, put, request, planned):
    item = put()
    assert "by Asha Patel" in text_of(browse_as(secretary).get("/forum/agenda/"))
    assert "by Asha Patel, whose name nobody" in text_of(browse_as(secretary).get(f"/forum/items/{item.pk}/decide/"))
    for who in (*OTHERS, *SITTING):
        person = request.getfixturevalue(who)
        assert browse_as(person).get(f"/forum/items/{item.pk}/").status_code == 404
        with acting_as(person):
            assert not Item.objects.exists()
            assert not Raiser.objects.exists()


def test_the_secretary_alone_decides(answered_otherwise, put):
    item = f"/forum/items/{put().pk}/"
    pages = ["/forum/agenda/", f"{item}decide/", f"{item}reword/", f"post {item}move/"]
    assert answered_otherwise(404, [*OTHERS, *SITTING, "asha"], pages) == []


def test_whoever_is_hidden_is_named_nowhere(browse_as, secretary, asha, put):
    item = put()
    type(asha).objects.filter(pk=asha.pk).update(hidden=True)
    client = browse_as(secretary)
    for page in ("agenda/", f"items/{item.pk}/decide/"):
        assert "Asha" not in text_of(client.get(f"/forum/{page}"))


def test_pressed_twice_it_is_one(browse_as, asha, secretary):
    form = said()
    for _ in range(2):
        browse_as(asha).post("/forum/raise/", form)
    with acting_as(secretary):
        assert Item.objects.count() == 1


@pytest.mark.parametrize("decided", [False, True])
def test_sent_again_without_the_name_it_has_none(browse_as, asha, secretary, decide, decided):
    form, client = said(), browse_as(asha)
    client.post("/forum/raise/", form)
    with acting_as(secretary):
        item = Item.objects.get()
    if decided:
        decide(item, "defer", answer="In spring.")
    client.post("/forum/raise/", form | {"named": "no", "text": "At every station."})
    with acting_as(secretary):
        assert list(Item.objects.values_list("text", flat=True)) == ["" if decided else "At every station."]
        assert not Raiser.objects.exists()
    with acting_as(asha):
        assert not Reminder.objects.filter(kind="forum.answered", state="open").exists()


def test_on_an_agenda_no_answer_stands_beside_it(put, secretary, representative, planned, decide):
    item = put()
    decide(item, "defer", answer="Asha, that waits for the new canteen.")
    decide(item, "accept", meeting=planned)
    with acting_as(representative):
        assert Item.objects.get(pk=item.pk).answer == ""


def test_it_is_taken_back_while_it_waits(browse_as, asha, ben, secretary, put, planned, decide):
    first, second = put(), put("Quiet rooms")
    assert browse_as(ben).post(f"/forum/items/{first.pk}/take-back/").status_code == 404
    browse_as(asha).post(f"/forum/items/{first.pk}/take-back/")
    decide(second, "accept", meeting=planned)
    late = browse_as(asha).post(f"/forum/items/{second.pk}/take-back/", follow=True)
    assert "it cannot be taken back any more" in text_of(late)
    with acting_as(secretary):
        assert list(Item.objects.values_list("title", flat=True)) == ["Quiet rooms"]
        assert Raiser.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": ""}, "There is a problem"),
        ({"named": ""}, "Choose whether the secretary sees your name."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"strand": "999999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_it(browse_as, asha, secretary, more, sentence):
    page = browse_as(asha).post("/forum/raise/", said() | {"text": "What we need"} | more)
    assert sentence in text_of(page)
    assert more.get("text", "What we need") in page.content.decode()
    with acting_as(secretary):
        assert not Item.objects.exists()


def test_a_representative_raises_for_their_strand(browse_as, representative):
    form = browse_as(representative).get("/forum/raise/").context["form"]
    assert form["strand"].initial == forum.strand().pk


# --- Raised without a name --------------------------------------------------------------------------------


def test_without_a_name_it_is_tied_to_nobody(browse_as, asha, as_owner):
    client = browse_as(asha)
    client.get("/forum/raise/")
    before, cached = traces.everything_stored(as_owner), traces.everything_cached()
    form = said(named=False)
    answer = client.post("/forum/raise/", form)
    assert answer.url == "/forum/raised/"
    client.get("/forum/raised/")
    after = traces.everything_stored(as_owner)
    assert traces.changed(before, after) - {"django_session"} == {"forum_item"}
    (row,) = after["forum_item"]
    assert str(form["key"]) not in row  # the page in the browser does not lead to it
    session = [one for one in after["django_session"] if one not in before["django_session"]]
    assert "Hot food" not in str(session)
    assert traces.changed(cached, traces.everything_cached()) == set()


def test_the_session_is_not_written_in_the_moment_of_the_raising(browse_as, asha, as_owner, time_machine):
    client = browse_as(asha)
    client.get("/forum/raise/")
    before = traces.everything_stored(as_owner)["django_session"]
    time_machine.move_to(timezone.now() + timedelta(minutes=8))  # typed for so long that a click would be noted
    client.post("/forum/raise/", said(named=False))
    client.get("/forum/raised/")
    assert traces.everything_stored(as_owner)["django_session"] == before
    client.get("/forum/")
    assert traces.everything_stored(as_owner)["django_session"] != before


def test_without_a_name_it_stands_in_no_list_of_ones_own_and_has_no_answer(browse_as, asha, secretary, put, decide):
    item = put(named=False)
    assert "Hot food at night" not in text_of(browse_as(asha).get("/forum/raise/mine/"))
    assert "without a name" in text_of(browse_as(secretary).get("/forum/agenda/"))
    decide(item, "decline")
    assert state_of(item, secretary) == ItemState.DECLINED
    with acting_as(asha):
        assert not Reminder.objects.filter(kind="forum.answered").exists()


@pytest.mark.django_db(transaction=True)
def test_the_secretary_hears_of_it_by_the_sweep_and_not_in_the_moment(browse_as, asha, secretary):
    browse_as(asha).post("/forum/raise/", said(named=False))
    with acting_as(secretary):
        assert not Reminder.objects.filter(kind="forum.raised").exists()
    with the_worker():
        reminder_tasks.sweep.apply(throw=True)
    with acting_as(secretary):
        assert Reminder.objects.filter(kind="forum.raised").count() == 1


@pytest.mark.parametrize("named", [True, False])
def test_what_looks_personal_is_shown_before_it_is_sent(browse_as, asha, ben, secretary, named):
    client, form = browse_as(asha), said("Ben Okafor never lets us go home", named=named)
    page = client.post("/forum/raise/", form)
    assert "“Ben Okafor” (the name of somebody on the roster)" in text_of(page)
    assert "Nothing is sent yet." in text_of(page)
    with acting_as(secretary):
        assert not Item.objects.exists()
    client.post("/forum/raise/", form | {"sure": "yes"})
    with acting_as(secretary):
        assert Item.objects.count() == 1


def test_on_an_agenda_it_comes_only_once_the_secretary_has_looked(secretary, ben, put, planned, decide):
    item = put("Ben Okafor never lets us go home", sure="yes")
    page = decide(item, "accept", meeting=planned)
    assert "It looks like a personal matter (“Ben Okafor”): say that you have looked." in text_of(page)
    assert state_of(item, secretary) == ItemState.RAISED
    looked = page.context["form"]["looked"].initial or page.context["waiting"].fingerprint
    decide(item, "accept", meeting=planned, looked=looked, seen="on")
    assert state_of(item, secretary) == ItemState.ON


def test_the_secretary_takes_a_name_out_and_its_raiser_sees_that(browse_as, secretary, asha, ben, put, planned, decide):
    item = put("Ben Okafor never lets us go home", sure="yes")
    words = {"title": "Going home on time", "text": ""}
    browse_as(secretary).post(f"/forum/items/{item.pk}/reword/", words)
    decide(item, "accept", meeting=planned)
    assert state_of(item, secretary) == ItemState.ON
    assert "The secretary has changed some words" in text_of(browse_as(asha).get("/forum/raise/mine/"))
    again = browse_as(secretary).post(f"/forum/items/{item.pk}/reword/", words | {"text": "Ask Ben Okafor."})
    assert "It looks like a personal matter" in text_of(again)
    assert "Ben" not in str(list(Change.objects.values("details")))


def test_on_the_agenda_it_is_read_by_those_who_sit_there(
    answered_otherwise, browse_as, asha, representative, deputy, put, planned, decide
):
    item, strangers = put(), ["chidi", "hr", "lead", "superuser"]
    decide(item, "accept", meeting=planned, answer="Thank you, we talk about it.")
    assert "Thank you, we talk about it." in text_of(browse_as(asha).get("/forum/raise/mine/"))
    own, agenda = f"/forum/items/{item.pk}/", f"/forum/meetings/{planned.pk}/agenda/"
    assert answered_otherwise(404, strangers, [own, agenda]) == []
    assert answered_otherwise(404, ["asha"], [agenda]) == []
    assert answered_otherwise(200, [*SITTING, "asha"], [own]) == []
    for person in (representative, deputy):
        page = text_of(browse_as(person).get(agenda))
        assert "Hot food at night" in page
        assert "Asha" not in page


def test_whoever_gave_their_name_gets_an_answer(browse_as, secretary, asha, put, decide):
    item = put()
    assert "give them an answer" in text_of(decide(item, "decline"))
    decide(item, "decline", answer="Ask your line manager first, please.")
    assert "Ask your line manager first, please." in text_of(browse_as(asha).get("/forum/raise/mine/"))
    with acting_as(asha):
        assert Reminder.objects.filter(kind="forum.answered").count() == 1


def test_items_are_taken_together_and_what_went_along_goes_along(secretary, put, decide):
    one, two, three = put("One"), put("Two"), put("Three")
    decide(one, "merge", into=two)
    decide(two, "merge", into=three)
    with acting_as(secretary):
        assert {item.merged_into_id for item in Item.objects.filter(state=ItemState.MERGED)} == {three.pk}
    late = decide(one, "defer")
    assert "It was decided about meanwhile: taken together with another." in text_of(late)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("accept", "Choose a meeting."), ("merge", "Choose the other item."), ("", "There is a problem")],
)
def test_a_decision_without_what_it_needs_is_refused_beside_it(put, decide, decision, sentence):
    assert sentence in text_of(decide(put(), decision))


def test_the_order_on_an_agenda_is_the_secretarys(browse_as, secretary, put, planned, decide):
    items = [put(title) for title in ("One", "Two", "Three")]
    for item in items:
        decide(item, "accept", meeting=planned)
    page = browse_as(secretary).post(f"/forum/items/{items[2].pk}/move/", {"up": "1"}, follow=True)
    titles = [item.title for item in page.context["items"]]
    assert titles == ["One", "Three", "Two"]


def test_what_a_meeting_held_was_discussed_and_what_a_cancelled_one_had_waits(secretary, put, planned, decide):
    item = put()
    decide(item, "accept", meeting=planned)
    forum.over(planned, by=secretary)
    assert state_of(item, secretary) == ItemState.DISCUSSED
    other, nexts = put("Quiet rooms"), forum.meeting(by=secretary, in_days=40)
    decide(other, "accept", meeting=nexts)
    with acting_as(secretary):
        meetings.cancel(meeting=nexts, because="Snow.", by=secretary)
    assert state_of(other, secretary) == ItemState.DEFERRED


def test_after_the_closing_day_it_is_taken_for_the_next_meeting(browse_as, asha, secretary, representative):
    near, far = forum.meeting(by=secretary, in_days=20), forum.meeting(by=secretary, in_days=50)
    page = browse_as(asha).get("/forum/raise/")
    assert page.context["meeting"] == near
    forum.put(near, agenda_closes_on=timezone.localdate() - timedelta(days=1))
    assert browse_as(asha).get("/forum/raise/").context["meeting"] == far


def test_overdue_outcomes_stand_on_top_of_the_next_agenda(browse_as, secretary, representative):
    earlier = forum.over(forum.meeting(by=secretary), by=secretary)
    forum.outcome(earlier, "Later", due=timezone.localdate() + timedelta(days=9))
    forum.outcome(earlier, "Overdue one", due=timezone.localdate() - timedelta(days=9))
    forum.published(earlier)
    nexts = forum.meeting(by=secretary)
    page = text_of(browse_as(representative).get(f"/forum/meetings/{nexts.pk}/agenda/"))
    assert page.index("Overdue one") < page.index("Later") < page.index("What was raised")


@pytest.mark.django_db(transaction=True)
def test_merging_two_into_each_other_at_once_leaves_one(secretary, asha, browse_as):
    for title in ("One", "Two"):
        browse_as(asha).post("/forum/raise/", said(title))
    with acting_as(secretary):
        one, two = Item.objects.order_by("title")
    ready = threading.Barrier(2)

    def merge(item, into):
        try:
            with acting_as(secretary):
                ready.wait(10)
                actions.merge(item=item, into=into, by=secretary)
        except Exception:  # noqa: S110 - one of the two is refused
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=merge, args=pair) for pair in ((one, two), (two, one))]
    [thread.start() for thread in both]
    [thread.join(30) for thread in both]
    with acting_as(secretary):
        assert Item.objects.filter(state=ItemState.MERGED).count() == 1


@pytest.mark.parametrize("page", ["/forum/raise/mine/", "/forum/meetings/{}/agenda/"])
def test_lists_of_items_ask_the_same_number_of_questions(
    browse_as, secretary, put, planned, decide, asha, django_assert_num_queries, page
):
    client = browse_as(asha if "mine" in page else secretary)
    page = page.format(planned.pk)
    decide(put(), "accept", meeting=planned)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    number = len(one)
    for title in ("Two", "Three"):
        decide(put(title), "accept", meeting=planned)
    with django_assert_num_queries(number):
        client.get(page)
