"""Looking for a career mentor, and being asked: through the pages."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from mentoring.actions import stand_down
from mentoring.models import Asking, Mentor, Pairing
from mentoring.queries import career as queries
from tests.champions.test_two_at_once import at_once
from tests.factories.people import DivisionFactory, PersonFactory, StationFactory
from tests.mentoring.career_pages import (
    HOME,
    ask,
    asking_for,
    career_mentor,
    choose,
    goal,
    note,
    paired,
    pairing_of,
    pass_on,
    request_of,
    say_yes,
    session,
    text_of,
    wait_out,
    want,
)
from tests.reminders.outbox import shown_to, sweep
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def tom(station):
    return career_mentor(station, known_as="Tom", experience=["board"], path=["custody"])


def test_from_an_empty_page_to_a_mentor_who_says_yes(asha, tom, browse_as):
    mine, his = browse_as(asha), browse_as(tom)
    assert "Find a mentor" in text_of(mine.get(HOME))
    assert "To do" in text_of(mine.get(f"{HOME}find/"))

    want(mine, experience=["board"], path=["custody"], text="I would like to try for <b>sergeant</b>")
    page = text_of(mine.get(f"{HOME}find/mentors/"))
    for reason in ("Has been through a promotion board, as you asked.", "Has worked in custody, as you asked.",
                   "Same division as you.", "Has room for two more."):  # fmt: skip
        assert reason in page
    choose(mine, tom)
    check = text_of(mine.get(f"{HOME}find/check/"))
    assert "try for &lt;b&gt;sergeant" in check
    assert check.count("Change<") == 5
    assert "Tom Example is asked" in text_of(mine.post(f"{HOME}find/send/", follow=True))

    assert "1 person asks" in text_of(his.get(f"{HOME}people/"))
    assert "try for &lt;b&gt;sergeant" in text_of(his.get(f"{HOME}asked/{asking_for(tom).pk}/"))
    assert "career mentor from now on" in text_of(say_yes(his, tom))

    pair = pairing_of(asha)
    assert "Tom Example, my career mentor" in text_of(mine.get(f"{HOME}find/", follow=True))
    goal(mine, pair, "Board in spring")
    session(his, pair, "We went through the competencies")
    note(his, pair, "Ring the college")
    note(mine, pair, "I was nervous")
    for client in (mine, his):
        words = text_of(client.get(f"{HOME}pairings/{pair.pk}/words/"))
        assert "Board in spring" in words
        assert "competencies" in words
        assert "sergeant" in words
    assert "Ring the college" in text_of(mine.get(f"{HOME}pairings/{pair.pk}/mentors-notes/"))
    assert "I was nervous" in text_of(mine.get(f"{HOME}pairings/{pair.pk}/notes/"))
    notes = text_of(his.get(f"{HOME}pairings/{pair.pk}/notes/"))
    assert "Ring the college" in notes
    assert "I was nervous" not in notes
    assert his.get(f"{HOME}pairings/{pair.pk}/mentors-notes/").status_code == 404


# --- Who is suggested ------------------------------------------------------------------------------


@pytest.fixture
def force(station, asha, ben):
    """Mentors all around Asha, all with the experience she looks for; by what they are to her."""
    elsewhere = StationFactory(name="Dover", division=DivisionFactory(name="East"))
    report = PersonFactory(known_as="Rhea", line_manager=asha)
    chief = career_mentor(station, known_as="Chief", experience=["board"])
    actions.save_people(by=None, changed=[(ben, {"line_manager_id": chief.pk})])
    found = {
        "her line manager's line manager": chief,
        "two below her": career_mentor(station, known_as="Deep", experience=["board"], person={"line_manager": report}),
        "paused": career_mentor(station, known_as="Paul", experience=["board"], paused=True),
        "hidden": career_mentor(station, known_as="Hid", experience=["board"], person={"hidden": True}),
        "gone": career_mentor(station, known_as="Gone", experience=["board"]),
        "avoided": career_mentor(station, known_as="Avo", experience=["board"]),
        "near": career_mentor(station, known_as="Near", experience=["board"], path=["custody", "roads"]),
        "far": career_mentor(elsewhere, known_as="Farah", experience=["board"], capacity=1),
        "without": career_mentor(station, known_as="Wes"),
        "a peer": career_mentor(station, known_as="Peer", person={"line_manager": ben}, path=["custody"]),
    }
    actions.save_people(by=None, changed=[(found["gone"], {"left": timezone.localdate()})])
    return found


def test_those_who_fit_best_come_first_and_some_never(asha, force, browse_as, django_assert_num_queries):
    mine = browse_as(asha)
    want(mine, experience=["board"], path=["custody"])
    mine.post(f"{HOME}find/avoid/", {"person": force["avoided"].staff_number})
    with acting_as(asha):
        request = queries.request_of(asha)
        with django_assert_num_queries(1):
            found = queries.suggestions(request)

    assert [one.name.split()[0] for one in found] == ["Near", "Farah", "Peer", "Wes"]
    assert found[0].reasons == [
        "Has been through a promotion board, as you asked.",
        "Has worked in custody, as you asked.",
        "Same division as you.",
        "Has room for two more.",
    ]
    assert found[1].reasons == ["Has been through a promotion board, as you asked.", "Has room for one more."]


def test_a_mentor_of_ones_own_line_is_not_asked_even_by_a_statement_typed_by_hand(asha, force, browse_as):
    mine = browse_as(asha)
    want(mine)
    chief = force["her line manager's line manager"]
    assert "cannot be asked any longer" in text_of(choose(mine, chief))
    with acting_as(asha), connection.cursor() as cursor:
        cursor.execute("update mentoring_careerrequest set ranked = %s", [[chief.pk, force["paused"].pk]])
    assert "No match yet" in text_of(mine.post(f"{HOME}find/send/", follow=True))
    assert asking_for(chief) is None


@pytest.mark.usefixtures("every_day_works")
def test_somebody_who_is_full_is_not_suggested(asha, chidi, station, browse_as):
    tim = career_mentor(station, known_as="Tim", capacity=1)
    paired(browse_as(chidi), browse_as(tim), tim)
    mine = browse_as(asha)
    want(mine)
    assert "No match yet" in text_of(mine.get(f"{HOME}find/mentors/"))
    assert "No match yet" in text_of(mine.post(f"{HOME}find/send/", follow=True))
    assert shown_to(asha)[0].startswith("No match yet.")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("", "", "Choose “First choice”."), ("tom", "tom", "You have chosen this mentor already")],
)
def test_a_choice_that_cannot_be_says_so_beside_it(asha, tom, browse_as, first, second, said):
    mine = browse_as(asha)
    want(mine)
    sent = {"first": tom.pk if first else "", "second": tom.pk if second else "", "third": ""}
    assert said in text_of(mine.post(f"{HOME}find/mentors/", sent))


# --- Asked, declined, passed on --------------------------------------------------------------------


@pytest.fixture
def una(station):
    return career_mentor(station, known_as="Una")


@pytest.mark.usefixtures("every_day_works")
def test_after_a_no_the_next_is_asked_and_the_first_sees_nothing_any_longer(asha, tom, una, browse_as):
    mine, his = browse_as(asha), browse_as(tom)
    ask(mine, tom, una)
    page = f"{HOME}asked/{asking_for(tom).pk}/"
    his.post(f"{page}answer/", {"answer": "no"})

    assert his.get(page).status_code == 404
    assert asking_for(tom) is None
    waiting = text_of(mine.get(f"{HOME}find/"))
    assert "Una Example is asked" in waiting
    assert "cannot take it on now" in waiting
    sweep()
    assert shown_to(asha) == [
        "Whoever was asked first cannot take it on now. We have asked Una Example, the next of your choice."
    ]
    assert "asks whether you would be their career mentor" in shown_to(una)[0]
    assert shown_to(tom) == []


@pytest.mark.usefixtures("every_day_works")
def test_silence_reads_as_a_no_and_passes_on_once(asha, tom, una, browse_as, as_owner):
    mine = browse_as(asha)
    ask(mine, tom, una)
    pass_on()
    assert asking_for(una) is None, "the days are not over"
    wait_out(as_owner)
    pass_on()
    pass_on()
    assert asking_for(tom) is None
    assert asking_for(una)
    after_silence = text_of(mine.get(f"{HOME}find/"))
    assert 'Tom Example <span class="app-second">cannot take it on now' in after_silence

    wait_out(as_owner)
    pass_on()
    assert "No match yet" in text_of(mine.get(f"{HOME}find/"))
    sweep()
    assert shown_to(asha)[0].startswith("No match yet. You can choose other mentors now")
    as_owner.execute("update mentoring_careerrequest set look_again_on = look_again_on - 30")
    pass_on()
    assert request_of(asha).look_again_on == queries.look_again_on()


def test_a_mentor_who_stands_down_is_not_waited_for(asha, tom, una, browse_as):
    ask(browse_as(asha), tom, una)
    stand_down(mentor=Mentor.objects.get(person=tom), by=None)
    pass_on()
    assert asking_for(una)


def test_a_mentor_asks_for_more_from_a_list_and_is_sent_it_again(asha, tom, browse_as):
    mine, his = browse_as(asha), browse_as(tom)
    ask(mine, tom)
    page = f"{HOME}asked/{asking_for(tom).pk}/"
    assert "Tick at least one thing" in text_of(his.post(f"{page}more/", {"save": ""}))
    his.post(f"{page}more/", {"more_about": ["time", "now"]})

    found = text_of(mine.get(f"{HOME}find/"))
    assert "how often and how long you would like to meet, and where you are in your work now" in found
    assert shown_to(asha)[0].startswith(
        "Tom Example would like to know a little more before they answer you. Please tell it by "
    )
    assert shown_to(tom) == []
    want(mine, text="An hour a month")
    assert "Tom Example is asked" in text_of(mine.post(f"{HOME}find/send/", follow=True))
    assert "An hour a month" in text_of(his.get(page))
    assert len(shown_to(tom)) == 1
    say_yes(his, tom)
    assert pairing_of(asha)


def test_what_is_not_told_in_time_after_that_passes_on(asha, tom, una, browse_as, as_owner):
    ask(browse_as(asha), tom, una)
    browse_as(tom).post(f"{HOME}asked/{asking_for(tom).pk}/more/", {"more_about": ["time"]})
    pass_on()
    assert asking_for(tom), "the days are not over"

    wait_out(as_owner)
    pass_on()
    assert asking_for(tom) is None
    assert asking_for(una)


def test_whoever_is_avoided_after_they_were_asked_reads_and_answers_nothing(asha, tom, una, browse_as, as_owner):
    mine, his = browse_as(asha), browse_as(tom)
    ask(mine, tom, una)
    asking, page = asking_for(tom), f"{HOME}asked/{asking_for(tom).pk}/"
    mine.post(f"{HOME}find/avoid/", {"person": tom.staff_number})

    assert asking_for(una)
    assert his.get(page).status_code == 404
    as_owner.execute(
        "insert into mentoring_avoid (request_id, person_id) select request_id, mentor_id from mentoring_asking"
        " where answer = ''"
    )
    with acting_as(una), connection.cursor() as cursor:
        today = timezone.localdate()
        cursor.execute("select career_answer(%s, 'accepted', '{}', %s, %s)", [asking_for(una).pk, today, today])
        assert cursor.fetchone() == ("",)
        assert not any("number" in field.name for field in asking._meta.fields), "nobody learns who was asked before"


def test_the_person_may_have_the_next_one_asked_or_take_it_back(asha, tom, una, browse_as):
    mine = browse_as(asha)
    ask(mine, tom, una)
    mine.post(f"{HOME}find/next/")
    assert asking_for(tom) is None
    page = f"{HOME}asked/{asking_for(una).pk}/"
    mine.post(f"{HOME}find/withdraw/")
    assert browse_as(una).get(page).status_code == 404
    assert "Find a mentor" in text_of(mine.get(HOME))


def test_a_mentor_who_has_come_into_the_line_meanwhile_cannot_say_yes(asha, ben, tom, browse_as):
    ask(browse_as(asha), tom)
    actions.save_people(by=None, changed=[(ben, {"line_manager_id": tom.pk})])
    assert "the other’s line of command" in text_of(say_yes(browse_as(tom), tom))
    assert pairing_of(asha) is None
    assert asking_for(tom), "the mentor declines, or lets it pass on"


def test_two_yeses_at_once_for_the_last_place_make_one_pair(asha, chidi, station, browse_as):
    tim = career_mentor(station, known_as="Tim", capacity=1)
    pages = []
    for person in (asha, chidi):
        ask(browse_as(person), tim)
        with acting_as(tim):
            pages.append(f"{HOME}asked/{Asking.objects.get(subject=person).pk}/answer/")
    clients = browse_as(tim), browse_as(tim)
    said = []

    def press(client, page):
        said.append(text_of(client.post(page, {"answer": "yes"}, follow=True)))

    at_once(*(partial(press, client, page) for client, page in zip(clients, pages, strict=True)))
    with acting_as(tim):
        assert Pairing.objects.filter(mentor=tim).count() == 1
    assert sum("career mentor from now on" in page for page in said) == 1
    assert sum("You have no place left" in page for page in said) == 1
