"""Who is told of a swap, who sees it, and who moves it: over HTTP and with raw SQL."""

import pytest
from django.db import DatabaseError
from django.utils.timezone import localdate as today

from tests.factories.people import PersonFactory
from tests.mentoring.absent import PAGE, asked, called, is_away, offered, the_swap, trained, truth, words
from tests.mentoring.test_swaps import away, mentors
from tests.mentoring.test_welfare import supports
from tests.reminders.outbox import shown_to, sweep
from wellbeing.people import actions as people
from wellbeing.people.models import Person

__all__ = ["away", "mentors"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


# --- Who is told --------------------------------------------------------------------------------------


def second_coordinator(hr, lead, station) -> Person:
    deputy = PersonFactory(known_as="Dev", last_name="Deputy", station=station)
    proposed = people.propose_role(person=deputy, role="coordinator", by=hr, starts=today())
    people.approve_role(assignment=proposed, by=lead)
    return deputy


def test_a_coordinator_in_ones_line_is_never_told_but_a_deputy(browse_as, asha, ben, coordinator, hr, lead, station):
    deputy = second_coordinator(hr, lead, station)
    people.save_people(by=None, changed=[(Person.objects.get(pk=ben.pk), {"line_manager_id": coordinator.pk})])
    is_away(asha)
    asked(browse_as(asha))

    assert the_swap()[2] == deputy.pk
    seen = words(browse_as(coordinator).get("/mentoring/coordinator/"))
    assert "Nobody waits for you" in seen
    assert "Asha" not in seen


def test_without_a_deputy_the_wellbeing_lead_is_told_and_can_offer(browse_as, asha, ben, coordinator, lead, mentors):
    people.save_people(by=None, changed=[(Person.objects.get(pk=ben.pk), {"line_manager_id": coordinator.pk})])
    is_away(asha)
    asked(browse_as(asha))
    assert the_swap()[2] == lead.pk

    assert "Offered on" in offered(browse_as(lead), *mentors[:2])


def test_where_nobody_can_be_told_the_page_says_so_with_numbers_that_answer(browse_as, asha, away):
    person = browse_as(asha)
    page = words(person.get(PAGE))
    assert "There is nobody at the moment who could be told" in page
    assert 'href="/urgent/"' in page
    assert "Nobody could be told" in asked(person)
    assert truth("select count(*) from mentoring_swap") == [(0,)]


def test_whoever_was_told_and_is_one_no_longer_is_followed_by_another(
    browse_as, asha, coordinator, hr, lead, station, away
):
    asked(browse_as(asha))
    deputy = second_coordinator(hr, lead, station)
    people.save_people(by=None, changed=[(coordinator, {"left": today()})])

    assert the_swap()[2] == deputy.pk
    assert browse_as(deputy).get(f"/mentoring/coordinator/swaps/{the_swap()[0]}/").status_code == 200
    sweep()
    assert [sentence for sentence in shown_to(deputy) if "waits for you" in sentence]


def test_a_death_silences_a_swap(browse_as, asha, coordinator, hr, mentors, away):
    asked(browse_as(asha))
    people.record_death(person=Person.objects.get(pk=asha.pk), by=hr, on=today())

    assert the_swap()[1] == "withdrawn"
    assert shown_to(coordinator) == []
    assert "Asha" not in words(browse_as(coordinator).get("/mentoring/coordinator/"))


def test_a_hidden_person_is_named_to_nobody_who_may_not_know(browse_as, asha, coordinator, mentors, away):
    truth("update people_person set hidden = true where id = %s", asha.pk)
    asked(browse_as(asha))
    for page in ("/mentoring/coordinator/", f"/mentoring/coordinator/swaps/{the_swap()[0]}/"):
        seen = words(browse_as(coordinator).get(page))
        assert "Somebody whose name is in no list" in seen
        assert "Asha" not in seen


# --- Who sees it --------------------------------------------------------------------------------------

SEES = {  # who → (the swap's row, its offers, the offering page)
    "asha": (True, True, False),
    "coordinator": (True, True, True),
}


@pytest.fixture
def everybody(request, asha, ben, coordinator, mentors, chidi, hr, lead, dpo, guardian, superuser, station):
    deputy = second_coordinator(hr, lead, station)
    cast = {"offered": mentors[0], "not offered": mentors[2], "deputy": deputy, "asha": asha, "ben": ben}
    names = ("coordinator", "chidi", "hr", "lead", "dpo", "guardian", "superuser")
    return cast | {name: request.getfixturevalue(name) for name in names}


def what_is_seen(browse_as, everybody) -> dict:
    key = the_swap()[0]
    seen = {}
    for name, person in everybody.items():
        swaps = called("count(*) from mentoring_swap", by=person)
        offers = called("count(*) from mentoring_offer", by=person)
        page = browse_as(person).get(f"/mentoring/coordinator/swaps/{key}/").status_code
        assert page in (200, 404), f"{name}: {page}"
        seen[name] = (bool(swaps), bool(offers), page == 200)
    return seen


def test_who_sees_a_swap_and_its_offers_over_http_and_with_raw_sql(
    browse_as, asha, coordinator, mentors, everybody, away
):
    asked(browse_as(asha))
    offered(browse_as(coordinator), *mentors[:2])
    nothing = dict.fromkeys(everybody, (False, False, False))
    assert what_is_seen(browse_as, everybody) == nothing | SEES

    browse_as(asha).post(f"{PAGE}pick/", {"mentor": mentors[0].pk})
    assert what_is_seen(browse_as, everybody) == nothing | {"asha": (True, False, False)}


def test_nobody_but_whose_it_is_moves_a_swap(browse_as, asha, coordinator, mentors, everybody, away):
    asked(browse_as(asha))
    offered(browse_as(coordinator), *mentors[:2])
    key, before = the_swap()[0], the_swap()
    for name in set(everybody) - {"asha"}:
        person = everybody[name]
        assert called("mentoring_pick_mentor(%s, %s)", key, mentors[0].pk, by=person) == "refused", name
        assert not called("mentoring_none_of_these(%s)", key, by=person), name
        assert not called("mentoring_withdraw_swap(%s)", key, by=person), name
        assert called("mentoring_offer_mentors(%s, %s)", key, [mentors[2].pk], by=person) == "refused", name
    assert the_swap() == before


def test_the_web_writes_no_swap_offer_or_cover_by_itself(asha, coordinator, away):
    for table in ("swap", "offer", "cover", "supervision"):
        for statement in (
            f"delete from mentoring_{table} returning 1",
            f"insert into mentoring_{table} default values",
        ):
            with pytest.raises(DatabaseError, match="denied"):
                called(f"1; {statement}", by=coordinator)


def test_a_coordinator_does_not_reckon_from_the_suggestions_whom_their_report_picked(
    browse_as, asha, ben, coordinator, hr, lead, mentors, station
):
    second_coordinator(hr, lead, station)
    people.save_people(by=None, changed=[(Person.objects.get(pk=ben.pk), {"line_manager_id": coordinator.pk})])
    other = PersonFactory(station=station)
    is_away(other)
    asked(browse_as(other))
    page = f"/mentoring/coordinator/swaps/{the_swap()[0]}/"

    def told() -> tuple:
        suggested = called("array(select person_id from mentoring_suggested(%s))", the_swap()[0], by=coordinator)
        shown = words(browse_as(coordinator).get(page))
        return suggested, [mentor.name in shown for mentor in mentors], "place free" in shown, "has no place" in shown

    is_away(asha)
    trained(mentors[0], capacity=1)
    before = told()
    supports(mentors[0], asha)
    assert told() == before
    assert before[1:] == ([True, True, True], False, False)
