"""Looking for a career mentor, being asked, and what the two do together: through the pages."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring import tasks
from mentoring.actions import appoint_mentor, stand_down
from mentoring.models import Asking, CareerGoal, CareerSession, Mentor, Pairing
from mentoring.queries import career as queries
from tests.champions.test_two_at_once import at_once
from tests.databases import the_worker
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
    request_of,
    say_yes,
    session,
    want,
    write,
)
from tests.mentoring.pages import a_day, hidden
from tests.reminders.outbox import shown_to, sweep
from wellbeing.confidential import retention
from wellbeing.confidential.models import CareLink
from wellbeing.people import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def text_of(page) -> str:
    return page.content.decode()


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


def wait_out(as_owner) -> None:
    """The days in which a mentor answers go by."""
    as_owner.execute("update mentoring_asking set asked_on = asked_on - 30, answer_by = answer_by - 30")


def pass_on() -> None:
    with the_worker():
        tasks.pass_on_askings.apply(throw=True)


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


def test_silence_reads_as_a_no_and_passes_on_once(asha, tom, una, browse_as, as_owner):
    mine = browse_as(asha)
    ask(mine, tom, una)
    pass_on()
    assert asking_for(una) is None, "the days are not over"
    wait_out(as_owner)
    pass_on()
    pass_on()
    assert asking_for(tom) is None
    assert asking_for(una).number == 2
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
    assert shown_to(asha) == ["Tom Example would like to know a little more before they answer you."]
    assert shown_to(tom) == []
    want(mine, text="An hour a month")
    assert "Tom Example is asked" in text_of(mine.post(f"{HOME}find/send/", follow=True))
    assert "An hour a month" in text_of(his.get(page))
    assert len(shown_to(tom)) == 1
    say_yes(his, tom)
    assert pairing_of(asha)


def test_the_person_may_have_the_next_one_asked_or_take_it_back(asha, tom, una, browse_as):
    mine = browse_as(asha)
    ask(mine, tom, una)
    mine.post(f"{HOME}find/next/")
    assert asking_for(tom) is None
    page = f"{HOME}asked/{asking_for(una).pk}/"
    mine.post(f"{HOME}find/withdraw/")
    assert browse_as(una).get(page).status_code == 404
    assert "Find a mentor" in text_of(mine.get(HOME))


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


# --- The two together, and its end -----------------------------------------------------------------


@pytest.fixture
def pair(asha, tom, browse_as):
    return paired(browse_as(asha), browse_as(tom), tom)


@pytest.mark.parametrize("who", ["asha", "tom"])
def test_either_ends_it_without_a_reason_and_the_other_is_told(asha, tom, pair, browse_as, who):
    people = {"asha": asha, "tom": tom}
    goal(browse_as(asha), pair, "Board in spring")
    page = f"{HOME}pairings/{pair.pk}/"
    browse_as(people[who]).post(f"{page}end/")

    assert "Board in spring" in text_of(browse_as(asha).get(f"{page}words/"))
    assert "Board in spring" not in text_of(browse_as(tom).get(f"{page}words/"))
    assert browse_as(tom).get(f"{HOME}pairings/{pair.pk}/notes/new/").status_code == 404
    told = {name: [line for line in shown_to(person) if "ended" in line] for name, person in people.items()}
    assert [name for name, lines in told.items() if lines] == [({"asha", "tom"} - {who}).pop()]
    assert "Find a mentor" in text_of(browse_as(asha).get(HOME))


def test_ending_the_link_among_my_data_ends_it_as_well(asha, tom, pair, browse_as):
    with acting_as(asha):
        link = CareLink.objects.get(why="career_mentor")
    browse_as(asha).post(f"/my-data/links/{link.pk}/end/")
    assert pairing_of(asha).ended_by == asha


@pytest.mark.parametrize("field", ["left", "died_on"])
@pytest.mark.parametrize("who", ["asha", "tom"])
def test_a_leaving_or_a_death_ends_it_in_the_same_moment(asha, tom, pair, who, field, as_owner):
    goes, stays = (asha, tom) if who == "asha" else (tom, asha)
    actions.save_people(by=None, changed=[(goes, {field: timezone.localdate()})])
    as_owner.execute("select ended_on, ended_by_id from mentoring_pairing")
    assert as_owner.fetchone() == (timezone.localdate(), None)
    as_owner.execute("select count(*) from confidential_carelink where why = 'career_mentor' and ends is null")
    assert as_owner.fetchone() == (0,)
    sweep()
    told = [line for line in shown_to(stays) if "ended" in line]
    assert len(told) == (field == "left"), "of a death people are told by people"
    assert goes.name not in " ".join(shown_to(stays))


def test_a_leaving_ends_requests_and_passes_on_what_the_leaver_was_asked(asha, chidi, tom, una, browse_as):
    ask(browse_as(asha), tom, una)
    ask(browse_as(chidi), una)
    actions.save_people(
        by=None, changed=[(tom, {"left": timezone.localdate()}), (chidi, {"left": timezone.localdate()})]
    )
    pass_on()
    assert asking_for(una).subject == asha
    with acting_as(una):
        assert Asking.objects.count() == 1


def test_whoever_comes_into_the_others_line_later_is_told_so_on_the_page(asha, tom, ben, pair, browse_as):
    page = f"{HOME}pairings/{pair.pk}/"
    assert "line of command now" not in text_of(browse_as(asha).get(page))
    actions.save_people(by=None, changed=[(ben, {"line_manager_id": tom.pk})])
    for person in (asha, tom):
        assert "line of command now" in text_of(browse_as(person).get(page))
    assert pairing_of(asha).ended_on is None


def test_a_session_that_is_planned_is_remembered_by_both_and_by_its_day_alone(asha, tom, pair, browse_as):
    session(browse_as(tom), pair, "", day=timezone.localdate(), state="planned")
    for person, other in ((asha, tom), (tom, asha)):
        assert any(line.startswith(f"You meet {other.name} on") for line in shown_to(person))
    with acting_as(asha):
        row = CareerSession.objects.get()
    page = f"{HOME}sessions/{row.pk}/"
    later = a_day("day", timezone.localdate() + timedelta(days=3))
    assert "still to come" in text_of(write(browse_as(asha), page, **later, state="held"))
    write(browse_as(asha), page, **a_day("day", timezone.localdate()), state="held", text="It went well")
    assert not any("You meet" in line for line in shown_to(tom))
    assert "It went well" in text_of(browse_as(tom).get(f"{HOME}pairings/{pair.pk}/words/"))


def test_a_goal_that_the_other_wrote_anew_meanwhile_is_shown_beside_ones_own(asha, tom, pair, browse_as):
    mine, his = browse_as(asha), browse_as(tom)
    goal(mine, pair, "Board in spring")
    with acting_as(asha):
        page = f"{HOME}goals/{CareerGoal.objects.get().pk}/"
    before = hidden(mine.get(page), page)
    write(his, page, text="Board in autumn", state="open")
    both = text_of(mine.post(page, before | {"text": "Board next year", "state": "open"}, follow=True))
    assert "Board in autumn" in both
    assert "Board next year" in both
    write(mine, page, text="Board next year", state="reached")
    assert "Goal: reached" in text_of(his.get(f"{HOME}pairings/{pair.pk}/words/"))


def test_what_opens_text_asks_again_who_it_is(asha, tom, pair, browse_as):
    for person in (asha, tom):
        client = browse_as(person, confirmed=False)
        for page in ("words", "notes"):
            assert client.get(f"{HOME}pairings/{pair.pk}/{page}/").url == "/account/confirm/"
        assert client.get(f"{HOME}pairings/{pair.pk}/").status_code == 200


def test_what_was_typed_after_the_session_ended_is_kept(asha, tom, pair, browse_as):
    client, page = browse_as(asha), f"{HOME}pairings/{pair.pk}/goals/new/"
    sent = hidden(client.get(page), page) | {"text": "Typed in the train"}
    client.session.flush()
    client.post(page, sent)
    assert "Typed in the train" in text_of(browse_as(asha).get(page))


# --- Did it help? ----------------------------------------------------------------------------------


def test_an_answer_is_counted_once_and_tied_to_nobody(asha, tom, pair, browse_as, as_owner):
    mine, page = browse_as(asha), f"{HOME}pairings/{pair.pk}/did-it-help/"
    assert mine.get(page).status_code == 404, "it has not ended"
    mine.post(f"{HOME}pairings/{pair.pk}/end/")
    assert "kept nowhere else" in text_of(mine.get(page))
    assert "Choose yes, partly or no" in text_of(mine.post(page, {"save": ""}))
    assert browse_as(tom).post(page, {"helped": "no"}).status_code == 404
    mine.post(page, {"helped": "partly"})
    assert mine.post(page, {"helped": "partly"}).status_code == 404
    as_owner.execute("select quarter, helped, number from mentoring_careerfeedback")
    today = timezone.localdate()
    assert as_owner.fetchall() == [(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), "partly", 1)]


def test_figures_show_quarters_that_are_over_and_no_small_number(lead, coordinator, hr, browse_as, as_owner):
    as_owner.execute(
        "insert into mentoring_careerfeedback (quarter, helped, number)"
        " select date_trunc('quarter', london_today()) - make_interval(months => 3 * back), helped, number"
        " from (values (0, 'yes', 77), (1, 'yes', 12), (1, 'no', 4)) as said (back, helped, number)"
    )
    for person in (lead, coordinator):
        page = text_of(browse_as(person).get(f"{HOME}figures/"))
        assert ">12<" in page
        assert ">77<" not in page
        assert ">4<" not in page
        assert page.count('<td class="govuk-table__cell">fewer than 5</td>') == 11
    assert browse_as(hr).get(f"{HOME}figures/").status_code == 404
    with acting_as(hr):
        assert queries.figures() == []


# --- Mentors and their coordinator -----------------------------------------------------------------


def test_a_mentor_publishes_a_profile_pauses_and_withdraws_it(asha, station, browse_as):
    person = PersonFactory(known_as="Tess", station=station)
    appoint_mentor(person=person, kind="career", by=None)
    client, page = browse_as(person), f"{HOME}my-profile/"
    assert "not published yet" in text_of(client.get(HOME))
    assert "Enter 10 or fewer" in text_of(client.post(page, {"capacity": 11}))
    client.post(page, {"capacity": 3, "experience": ["board"], "about_me": "Tea & time"})
    assert "with room for 3" in text_of(client.get(HOME))
    mine = browse_as(asha)
    want(mine, experience=["board"])
    assert "Tea &amp; time" in text_of(mine.get(f"{HOME}find/mentors/"))
    client.post(f"{page}withdraw/")
    assert "Tess" not in text_of(mine.get(f"{HOME}find/mentors/"))
    assert mine.get(page).status_code == 404


def test_the_coordinator_sees_load_and_age_and_nobody_else_does(asha, chidi, tom, una, coordinator, hr, browse_as):
    paired(browse_as(asha), browse_as(tom), tom)
    ask(browse_as(chidi), una)
    with acting_as(coordinator):
        loads = {one.mentor: (one.capacity, one.supports, one.asked, one.room) for one in queries.load()}
        assert loads == {tom: (2, 1, 0, 1), una: (2, 0, 1, 2)}
        (waits,) = queries.waiting()
        assert (waits.since, waits.age, waits.nobody_left) == (timezone.localdate(), 0, False)
    with acting_as(hr):
        assert queries.load() == queries.waiting() == []


def test_a_mentors_page_takes_as_many_queries_for_three_as_for_one(station, tom, browse_as):
    client, counted = browse_as(tom), {}
    client.get(f"{HOME}people/")
    for number in (1, 3):
        for _ in range(number - len(counted)):
            ask(browse_as(PersonFactory(station=station)), tom)
        with CaptureQueriesContext(connection) as asked:
            assert text_of(client.get(f"{HOME}people/")).count("read what they ask") == number
        counted[number] = len(asked)
    assert counted[1] == counted[3]


def test_what_is_over_goes_with_its_records_and_nothing_under_legal_hold(asha, chidi, tom, browse_as, as_owner):
    for person in (asha, chidi):
        pair = paired(browse_as(person), browse_as(tom), tom)
        session(browse_as(person), pair, "We talked")
        browse_as(person).post(f"{HOME}pairings/{pair.pk}/end/")
    for table, column in (("confidential_record", "made_at"), ("confidential_version", "made_at"),
                          ("mentoring_careerrequest", "made_at"), ("mentoring_careersession", "made_at")):  # fmt: skip
        as_owner.execute(f"update {table} set {column} = {column} - interval '10 years'")
    as_owner.execute("update mentoring_pairing set began = began - 3650, ended_on = ended_on - 3650")
    as_owner.execute("update people_person set legal_hold = true where id = %s", [chidi.pk])
    with the_worker():
        retention.purge()
    for table in ("careerrequest", "asking", "pairing", "careersession"):
        as_owner.execute(f"select subject_id from mentoring_{table}")
        assert as_owner.fetchall() == [(chidi.pk,)], table
