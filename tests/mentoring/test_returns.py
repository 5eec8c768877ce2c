"""Coming back to work: with whom, in which hours, and what each of those around may see of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.mentoring import returning
from tests.mentoring.pages import hidden
from tests.mentoring.returning import PLAN, away, choose, hold, meeting_of, write_own, write_plan

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def dana(station):
    """A colleague whom Asha trusts."""
    return PersonFactory(known_as="Dana", last_name="Trusted", station=station)


def text_of(response) -> str:
    return response.content.decode()


def test_the_person_chooses_somebody_whose_name_they_see_first_and_only_those_two_read_the_plan(
    browse_as, asha, ben, dana, chidi
):
    away(asha, by=ben, back_in=3)
    me = browse_as(asha)
    assert "Choose with whom you meet" in text_of(me.get(PLAN))
    write_own(me, how="Wordbefore", worries="The first morning")
    assert "Choose whether they may read" in text_of(
        me.post(returning.CHOOSE, {"who": "other", "person": dana.staff_number})
    )
    check = me.post(returning.CHOOSE, {"who": "other", "person": dana.staff_number, "earlier": "no"})
    assert "Dana will not see what you wrote so far" in text_of(check)
    assert "Dana Trusted" in text_of(check)
    assert "You meet with <strong>Dana" not in text_of(me.get(PLAN)), "nothing is done before the name is confirmed"

    chosen = text_of(choose(me, person=dana))
    assert "You meet with <strong>Dana Trusted" in chosen
    assert "Your preparation" in chosen
    assert "Your comment" not in chosen
    holder = browse_as(dana)
    meeting = meeting_of(holder)
    page = f"/mentoring/returns/{meeting}/"
    assert "Wordbefore" not in text_of(holder.get(page))
    me.post("/my-plan/return/let-read/")
    assert "Wordbefore" in text_of(holder.get(page))
    write_plan(
        holder, meeting, how="Wordbefore", support="Wordsupport", duty="recuperative", hours_1="20", hours_2="24.5"
    )
    shown = text_of(me.get(PLAN))
    assert "Wordsupport" in shown
    assert "Recuperative duty" in shown
    for person in (ben, chidi):
        assert browse_as(person).get(page).status_code == 404


@pytest.fixture
def met(browse_as, asha, ben, dana):
    """Asha is back today and has chosen Dana: the plan's browsers by name, and the key of the meeting."""
    away(asha, by=ben, back_in=0)
    me = browse_as(asha)
    choose(me, person=dana)
    holder = browse_as(dana)
    return me, holder, meeting_of(holder)


def test_whoever_is_chosen_instead_begins_with_an_empty_page_unless_they_are_let_read(met, browse_as, chidi, dana):
    me, holder, meeting = met
    write_plan(holder, meeting, how="Wordold")
    choose(me, person=chidi)
    assert holder.get(f"/mentoring/returns/{meeting}/").status_code == 404
    next_one = browse_as(chidi)
    assert "Wordold" not in text_of(next_one.get(f"/mentoring/returns/{meeting}/"))
    assert "Wordold" in text_of(me.get(PLAN)), "the person keeps it"
    write_plan(next_one, meeting, how="Wordnew")

    choose(me, person=dana, earlier=True)
    shown = text_of(holder.get(f"/mentoring/returns/{meeting}/"))
    assert "Wordnew" in shown
    assert "Wordold" not in shown, "this plan as it stands, and nothing before it"
    log = text_of(me.get("/my-data/"))
    assert "your return plan as it stands" in log


def test_once_they_have_met_nobody_else_can_be_chosen_and_the_person_ends_who_reads(met, chidi):
    me, holder, meeting = met
    page = hold(holder, meeting)
    assert "Held on" in text_of(page)
    assert "The meeting was held" in text_of(
        me.post(returning.CHOOSE, {"who": "other", "person": chidi.staff_number}, follow=True)
    )
    me.post("/my-plan/return/end/")
    assert holder.get(f"/mentoring/returns/{meeting}/").status_code == 404
    assert "Nobody but you reads this plan now" in text_of(me.get(PLAN))


@pytest.mark.parametrize(
    ("days", "says"), [(1, "This day is still to come."), (-61, "This day is before they were away.")]
)
def test_a_meeting_is_held_on_a_day_up_to_today_of_this_absence(met, days, says):
    _, holder, meeting = met
    page = hold(holder, meeting, timezone.localdate() + timedelta(days=days))
    assert says in text_of(page)
    assert "Held on" not in text_of(holder.get(f"/mentoring/returns/{meeting}/"))


def contact_links(as_owner, subject) -> int:
    as_owner.execute(
        "select count(*) from confidential_carelink where subject_id = %s and why = 'keeps_contact'"
        " and starts <= now() and (ends is null or ends > now())",
        [subject.pk],
    )
    return as_owner.fetchone()[0]


@pytest.mark.parametrize("wished", [False, True])
def test_whoever_kept_contact_has_done_so_once_they_have_met_unless_four_more_weeks_are_wished(
    browse_as, asha, ben, dana, as_owner, wished
):
    returning.moved(away(asha, by=ben), by=ben, back_on=timezone.localdate())
    me, holder = browse_as(asha), browse_as(dana)
    choose(me, person=dana, **({"keeps_contact": True} if wished else {}))
    assert contact_links(as_owner, asha) == 1
    hold(holder, meeting_of(holder))

    assert contact_links(as_owner, asha) == wished
    assert holder.get("/mentoring/returns/").status_code == 200


def test_the_line_manager_plans_with_duty_and_hours_and_does_not_learn_with_whom(met, browse_as, asha, ben, dana):
    _, holder, meeting = met
    write_plan(holder, meeting, how="Wordsecret", duty="adjusted", hours_1="18.5", days_1=["1", "3"])
    manager = browse_as(ben)
    page = text_of(manager.get(f"/mentoring/returns/of/{asha.pk}/"))
    assert "18.5" in page
    assert "Monday, Wednesday" in page
    assert "Adjusted duty" in page
    assert "arranged, due on" in page
    lists = text_of(manager.get("/mentoring/"))
    assert "Asha Patel: hours and adjustments" in lists
    for text in (page, lists):
        assert "Dana" not in text
        assert "Wordsecret" not in text
    hold(holder, meeting)
    assert "held on" in text_of(manager.get(f"/mentoring/returns/of/{asha.pk}/"))


def test_hours_are_proposed_from_contracted_hours_and_nothing_is_saved_by_that(met):
    _, holder, meeting = met
    address = f"/mentoring/returns/{meeting}/write/"
    sent = hidden(holder.get(address), address) | {"how": "Wordkept", "contracted": "37", "propose": "1"}
    page = text_of(holder.post(address, sent))
    for hours in ("18.5", "22.2", "27.8", "37.0"):
        assert f'value="{hours}"' in page
    assert "Wordkept" in page
    assert "No phased hours are agreed" in text_of(holder.get(f"/mentoring/returns/{meeting}/"))
    assert "Enter the contracted hours" in text_of(holder.post(address, sent | {"contracted": ""}))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"hours_2": "20"}, "Enter the hours of week 1 too"),
        ({"hours_1": "61"}, "Enter 60 hours or fewer."),
        ({"hours_1": "many"}, "Enter hours as a number"),
        ({"hours_1": "-1"}, "Enter 0 hours or more."),
    ],
)
def test_bad_hours_are_said_beside_their_box_and_what_was_typed_stays(met, typed, says):
    _, holder, meeting = met
    page = text_of(write_plan(holder, meeting, how="Wordstays", **typed))
    assert says in page
    assert "Wordstays" in page


def test_a_plan_that_was_changed_meanwhile_shows_both_texts_and_a_second_click_writes_nothing(met, as_owner):
    me, holder, meeting = met
    address = f"/mentoring/returns/{meeting}/write/"
    form = hidden(holder.get(address), address)
    write_own(me, worries="Wordhers")
    both = text_of(holder.post(address, form | {"how": "Wordmine", "hours_1": "20"}, follow=True))
    assert "As it is saved now" in both
    assert "Wordhers" in both
    assert "Wordmine" in both

    again = hidden(holder.get(address), address) | {"how": "Wordmine", "worries": "Wordhers", "hours_1": "20"}
    for _ in range(2):
        assert "The plan is saved." in text_of(holder.post(address, again, follow=True))
    as_owner.execute("select count(*) from confidential_version v join confidential_record r on r.id = v.record_id"
                     " where r.kind = 'return_plan'")  # fmt: skip
    assert as_owner.fetchone() == (2,)


def test_the_person_comments_and_prints_and_the_chart_stands_beside_a_table(met):
    me, holder, meeting = met
    write_plan(holder, meeting, agreed="A desk by the door", hours_1="20", hours_2="30", oh_suggested="on")
    page = me.get(PLAN)
    address = "/my-plan/return/comment/"
    me.post(address, hidden(page, address) | {"text": "Wordcomment"})
    for reader, printed in ((me, "/my-plan/return/print/"), (holder, f"/mentoring/returns/{meeting}/print/")):
        text = text_of(reader.get(printed))
        for words in ("Wordcomment", "A desk by the door", "<svg", "<table", "Occupational Health is suggested"):
            assert words in text
        assert "style=" not in text.partition("<main")[2]
    assert "Write something first." in text_of(me.post(address, hidden(me.get(PLAN), address) | {"text": ""}))


def test_what_is_typed_after_the_session_has_ended_is_kept_as_a_draft(met, browse_as, dana):
    _, holder, meeting = met
    address = f"/mentoring/returns/{meeting}/write/"
    form = hidden(holder.get(address), address)
    holder.logout()
    holder.post(address, form | {"how": "Wordtyped", "hours_1": "12"})
    page = text_of(browse_as(dana).get(address))
    assert "We kept what you typed" in page
    assert "Wordtyped" in page
    assert 'value="12"' in page


def test_a_list_opens_nothing_and_asks_the_database_as_often_for_three_as_for_one(
    browse_as, station, ben, dana, django_assert_max_num_queries, as_owner
):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            person = PersonFactory(station=station, line_manager=ben)
            away(person, by=ben, back_in=0)
            choose(browse_as(person), person=dana)
        with django_assert_max_num_queries(100) as asked:
            browse_as(dana).get("/mentoring/returns/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    as_owner.execute("select count(*) from confidential_readlog")
    assert as_owner.fetchone() == (0,)


def test_nobody_who_is_not_away_has_anything_to_plan(browse_as, asha):
    me = browse_as(asha)
    assert "nothing to plan" in text_of(me.get(PLAN))
    assert me.get(returning.CHOOSE).status_code == 404
    assert "Nobody has chosen you" in text_of(me.get("/mentoring/returns/"))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose with whom you would like to meet."),
        ({"who": "other"}, "Enter the staff number"),
        ({"who": "other", "person": "nobody"}, "Nobody on the roster has this staff number."),
    ],
)
def test_a_choice_that_names_nobody_is_said_so(browse_as, asha, ben, sent, says):
    away(asha, by=ben)
    me = browse_as(asha)
    assert says in text_of(me.post(returning.CHOOSE, sent))
    own = me.post(returning.CHOOSE, {"who": "other", "person": asha.staff_number})
    assert "That is your own number" in text_of(own)
