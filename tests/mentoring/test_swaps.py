"""Somebody away asks for another person to keep contact: without a reason, and past their line of command."""

import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import localdate as today

from tests.confidential.records import at_once
from tests.factories.people import PersonFactory
from tests.mentoring.absent import (
    PAGE,
    a_mentor,
    asked,
    called,
    holder,
    is_away,
    offered,
    the_swap,
    trained,
    truth,
    words,
)
from tests.mentoring.pages import logged
from tests.reminders.outbox import reminders, shown_to, sweep

EARLIER = "/my-plan/earlier/"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def mentors(station, welfare_mentor):
    """Wilma, Winston and Wanda, who could."""
    return [trained(welfare_mentor), a_mentor("Winston", station=station), a_mentor("Wanda", station=station)]


@pytest.fixture
def away(asha, ben):
    return is_away(asha)


# --- The whole way ------------------------------------------------------------------------------------


def test_somebody_asks_is_offered_two_and_picks_one(browse_as, asha, ben, coordinator, mentors, away):
    person = browse_as(asha)
    first = words(person.get(PAGE))
    assert "Ben Okafor keeps contact with you" in first
    assert "Cora Coordinator is told" in first
    assert "<textarea" not in first, "no reason is asked"
    assert "Cora Coordinator has been told" in asked(person)
    assert "You asked for somebody else</a> on" in words(person.get("/my-plan/"))
    assert holder(asha) == (ben.pk, "keeps_contact"), "until she has chosen"

    assert "Offered on" in offered(browse_as(coordinator), *mentors[:2])
    assert "2 people to choose from" in words(person.get("/my-plan/"))
    choice = words(person.get(PAGE))
    assert "Wilma Mentor" in choice
    assert "Wanda" not in choice
    chosen = words(person.post(f"{PAGE}pick/", {"mentor": mentors[1].pk}, follow=True))

    assert "Winston Mentor keeps contact with you from now on" in chosen
    assert holder(asha) == (mentors[1].pk, "welfare_mentor")
    assert truth("select kept_by from mentoring_contactplan") == [("mentor",)]
    assert the_swap()[1:] == ("done", coordinator.pk, mentors[1].pk)
    assert truth("select count(*) from mentoring_offer") == [(0,)], "whom she did not pick stands nowhere"
    assert "Winston Mentor keeps contact with you, as a welfare mentor" in words(person.get(PAGE))


@pytest.mark.usefixtures("every_day_works")
def test_each_is_told_what_is_theirs_and_the_others_nothing(browse_as, asha, ben, coordinator, mentors, away):
    person = browse_as(asha)
    asked(person)
    (told,) = shown_to(coordinator)
    assert "waits for you to offer" in told
    assert "Asha" not in told

    offered(browse_as(coordinator), *mentors)
    assert shown_to(coordinator) == []
    assert [sentence for sentence in shown_to(asha) if "for you to choose from" in sentence]
    assert [shown_to(mentor) for mentor in mentors] == [[], [], []], "nobody knows before they are picked"

    person.post(f"{PAGE}pick/", {"mentor": mentors[0].pk})
    sweep()
    assert [sentence for sentence in shown_to(mentors[0]) if "Asha Patel has chosen you" in sentence]
    assert [shown_to(person) for person in (mentors[1], mentors[2], coordinator)] == [[], [], []]
    assert {one.person_id for one in reminders()} & {ben.pk} == set()


def test_two_clicks_ask_once(browse_as, asha, coordinator, away):
    person, key = browse_as(asha), uuid.uuid4()
    for _ in range(2):
        asked(person, key=key)
    asked(person)

    assert truth("select count(*) from mentoring_swap") == [(1,)]


def test_somebody_who_is_not_away_is_told_so_and_asks_nothing(browse_as, asha, coordinator):
    person = browse_as(asha)
    assert "You are not down as away" in words(person.get(PAGE))
    assert person.post(f"{PAGE}ask/").status_code == 404
    for step in ("pick", "none-of-these", "withdraw"):
        assert person.post(f"{PAGE}{step}/").status_code == 404


def test_she_can_leave_everything_as_it_is_and_ask_again(browse_as, asha, ben, coordinator, mentors, away):
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    assert "Take my request back" in words(person.get(PAGE))
    assert "Ben Okafor goes on keeping contact" in words(person.get(f"{PAGE}withdraw/"))
    assert the_swap()[1] == "offered", "asked once before"
    assert "Everything stays as it was" in words(person.post(f"{PAGE}withdraw/", follow=True))
    assert holder(asha) == (ben.pk, "keeps_contact")
    assert shown_to(coordinator) == []

    asked(person)
    assert the_swap()[1] == "asked"


# --- Whom she can choose ------------------------------------------------------------------------------


def test_none_of_these_asks_for_others_once(browse_as, asha, coordinator, mentors, away, station):
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors[:2])
    others = [mentors[2], a_mentor("Wes", station=station)]
    assert "You have asked for others" in words(person.post(f"{PAGE}none-of-these/", follow=True))

    page = words(browse_as(coordinator).get(f"/mentoring/coordinator/swaps/{the_swap()[0]}/"))
    assert "Wilma" not in page
    offered(browse_as(coordinator), *others)
    assert "None of these" not in words(person.get(PAGE))
    person.post(f"{PAGE}none-of-these/")
    assert the_swap()[1] == "offered", "nobody is sent round in circles"


def test_whoever_kept_contact_in_this_absence_is_not_offered_again(browse_as, asha, coordinator, mentors, away):
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    person.post(f"{PAGE}pick/", {"mentor": mentors[0].pk})
    asked(person)

    assert set(suggested_to(coordinator)) == {mentors[1].pk, mentors[2].pk}


def suggested_to(person) -> list[int]:
    return called("array(select person_id from mentoring_suggested(%s))", the_swap()[0], by=person)


YESTERDAY, TODAY, IN_FOUR_WEEKS = (today() + timedelta(days=days) for days in (-1, 0, 28))
NOT_SUGGESTED = [  # a mentor who: what makes them so, and what undoes it
    ("is on a break", "mentoring_welfareprofile set paused = %s", True, False),
    ("is not trained", "mentoring_welfareprofile set trained_on = %s", None, YESTERDAY),
    ("was trained too long ago", "mentoring_welfareprofile set training_due = %s", YESTERDAY, None),
    ("stops within four weeks", "mentoring_welfareprofile set last_day = %s", IN_FOUR_WEEKS, None),
    ("is no mentor any longer", "mentoring_mentor set ends = %s", TODAY, None),
]


def test_who_is_not_suggested(browse_as, asha, ben, coordinator, mentors, away):
    wilma, others = mentors[0], {mentors[1].pk, mentors[2].pk}
    asked(browse_as(asha))
    for who, change, value, undone in NOT_SUGGESTED:
        truth(f"update {change} where person_id = %s", value, wilma.pk)
        assert set(suggested_to(coordinator)) == others, who
        truth(f"update {change} where person_id = %s", undone, wilma.pk)
        assert set(suggested_to(coordinator)) == {wilma.pk, *others}, f"{who} no longer"

    truth("update people_person set hidden = (id = %s)", wilma.pk)
    assert set(suggested_to(coordinator)) == others, "hidden"
    truth("update people_person set hidden = false")
    is_away(wilma)
    assert set(suggested_to(coordinator)) == others, "away themselves"


def test_nobody_of_ones_line_is_suggested_at_any_depth(browse_as, asha, ben, coordinator, mentors, away):
    above, below, free = mentors
    between = PersonFactory(line_manager=asha, station=asha.station)
    asked(browse_as(asha))
    truth("update people_person set line_manager_id = %s where id = %s", above.pk, ben.pk)
    truth("update people_person set line_manager_id = %s where id = %s", between.pk, below.pk)

    assert suggested_to(coordinator) == [free.pk]


def test_two_or_three_are_offered_and_what_was_ticked_stays(browse_as, asha, coordinator, mentors, away, station):
    everybody = [*mentors, a_mentor("Wes", station=station)]
    asked(browse_as(asha))
    for number in (0, 1, 4):
        page = offered(browse_as(coordinator), *everybody[:number])
        assert "Tick two or three of them" in page
        assert page.count(" checked") == number
        assert the_swap()[1] == "asked"


def test_where_nobody_has_a_place_she_reads_what_to_do_and_one_alone_can_be_offered(
    browse_as, asha, coordinator, welfare_mentor, away
):
    asked(browse_as(asha))
    page = words(browse_as(coordinator).get(f"/mentoring/coordinator/swaps/{the_swap()[0]}/"))
    assert "No welfare mentor has a place" in page
    assert "1 is not trained" in page
    assert "Ask a mentor to take on" not in page

    trained(welfare_mentor)
    assert "Offered on" in offered(browse_as(coordinator), welfare_mentor)


def test_a_mentor_out_of_the_line_cannot_be_forged_into_an_offer_or_a_pick(
    browse_as, asha, ben, coordinator, mentors, away, chidi
):
    person = browse_as(asha)
    asked(person)
    assert called("mentoring_offer_mentors(%s, %s)", the_swap()[0], [ben.pk, chidi.pk], by=coordinator) == "taken"
    offered(browse_as(coordinator), *mentors[:2])
    assert "last place has just been taken" in words(person.post(f"{PAGE}pick/", {"mentor": mentors[2].pk}))
    assert called("mentoring_pick_mentor(%s, %s)", the_swap()[0], mentors[2].pk, by=asha) == "refused"
    assert holder(asha) == (ben.pk, "keeps_contact")


# --- The last place -----------------------------------------------------------------------------------


def test_two_who_pick_the_last_place_at_once_and_one_gets_it(browse_as, asha, coordinator, mentors, away, station):
    other = PersonFactory(known_as="Omar", station=station)
    is_away(other)
    trained(mentors[0], capacity=1)
    clients = [browse_as(asha), browse_as(other)]
    for client in clients:
        asked(client)
    for (key,) in truth("select id from mentoring_swap"):
        page = f"/mentoring/coordinator/swaps/{key}/"
        browse_as(coordinator).post(page, {"mentors": [mentors[0].pk, mentors[1].pk]})

    pages = at_once(
        2, lambda number: words(clients[number].post(f"{PAGE}pick/", {"mentor": mentors[0].pk}, follow=True))
    )

    assert sorted("keeps contact with you from now on" in page for page in pages) == [False, True]
    late = next(page for page in pages if "from now on" not in page)
    assert "last place has just been taken" in late
    assert "Has no place any longer" in late
    assert "Winston" in late, "the others are still there"
    assert truth("select count(*) from confidential_carelink where why = 'welfare_mentor' and ends is null") == [(1,)]


def test_where_every_place_went_she_asks_again_and_nothing_is_counted_against_her(
    browse_as, asha, coordinator, mentors, away
):
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    for mentor in mentors:
        trained(mentor, paused=True)
    assert "just been taken" in words(person.get(PAGE))
    person.post(f"{PAGE}none-of-these/")

    assert truth("select state, again from mentoring_swap") == [("asked", False)]


# --- The door to earlier text -------------------------------------------------------------------------


def test_she_can_close_to_her_manager_what_was_written_before(browse_as, asha, ben, coordinator, mentors, away):
    key = logged(browse_as(ben), asha, how="wordbefore")
    page = f"/mentoring/1-1s/{key}/"
    assert "wordbefore" in words(browse_as(ben).get(page))
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    assert EARLIER not in words(person.get(PAGE)), "a pick and closing are two choices"
    chosen = words(person.post(f"{PAGE}pick/", {"mentor": mentors[0].pk, "close": "on"}, follow=True))
    assert EARLIER in chosen
    assert "let Wilma read what was written before" in chosen
    assert browse_as(ben).get(page).status_code == 200

    assert "may notice</strong> that earlier notes no longer open" in words(person.get(EARLIER))
    assert "Ben Okafor no longer reads" in words(person.post(EARLIER, follow=True))
    assert browse_as(ben).get(page).status_code == 404
    assert "wordbefore" in words(browse_as(asha).get(page))


def test_she_can_close_it_without_any_swap_and_away_or_not(browse_as, asha, ben):
    page = f"/mentoring/1-1s/{logged(browse_as(ben), asha, how='wordbefore')}/"
    assert "no line manager for you" in words(browse_as(ben).get(EARLIER))
    browse_as(asha).post(EARLIER)
    assert browse_as(ben).get(page).status_code == 404

    is_away(asha)
    for where in ("/my-plan/who/", "/my-plan/pause/", PAGE):
        assert EARLIER in words(browse_as(asha).get(where)), where


def test_by_a_pick_alone_the_1_1s_stay_open_as_they_were(browse_as, asha, ben, coordinator, mentors, away):
    key = logged(browse_as(ben), asha, how="wordbefore")
    person = browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    person.post(f"{PAGE}pick/", {"mentor": mentors[0].pk})

    assert "wordbefore" in words(browse_as(ben).get(f"/mentoring/1-1s/{key}/"))


def test_a_manager_who_dates_her_back_and_away_again_does_not_get_contact_back(
    browse_as, asha, ben, coordinator, mentors
):
    absence, person = is_away(asha, since=70), browse_as(asha)
    asked(person)
    offered(browse_as(coordinator), *mentors)
    person.post(f"{PAGE}pick/", {"mentor": mentors[0].pk})
    first = TODAY - timedelta(days=70)
    for back in (first + timedelta(days=1), None):
        called("mentoring_change_absence(%s, %s, null, %s::date)", absence, first, back, by=ben)

    assert holder(asha) == (mentors[0].pk, "welfare_mentor")
