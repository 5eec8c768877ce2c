"""What somebody and their career mentor do together, how it ends, and what is counted of it: through the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.actions import appoint_mentor
from mentoring.models import Asking, CareerGoal, CareerSession
from mentoring.queries import career as queries
from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.mentoring.career_pages import (
    HOME,
    ask,
    asking_for,
    career_mentor,
    goal,
    paired,
    pairing_of,
    pass_on,
    session,
    text_of,
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


@pytest.fixture
def tom(station):
    return career_mentor(station, known_as="Tom", experience=["board"], path=["custody"])


@pytest.fixture
def una(station):
    return career_mentor(station, known_as="Una")


@pytest.fixture
def pair(asha, tom, browse_as):
    return paired(browse_as(asha), browse_as(tom), tom)


@pytest.mark.usefixtures("every_day_works")
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


@pytest.mark.usefixtures("every_day_works")
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
    assert "Your answer is counted." in text_of(mine.post(page, {"helped": "partly"}, follow=True))
    assert "with Tom Example that has ended" in text_of(mine.get(f"{HOME}pairings/{pair.pk}/"))
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
