"""What the roster does to champions: leaving, coming back, moving, and each of these undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions
from champions.models import Champion, Coverage
from champions.queries import for_station
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from wellbeing.people.actions import change_person, record_death, save_people

pytestmark = pytest.mark.django_db


def at(station) -> list[str]:
    return [card.known_as for card in for_station(station, limit=None)]


def leads(station) -> list[str]:
    return list(
        Coverage.objects.live()
        .filter(station=station, is_lead=True)
        .values_list("champion__person__known_as", flat=True)
    )


def changed(person, *, undoing=False, **values):
    save_people(by=None, changed=[(person, values)], undoing=undoing)


@pytest.fixture
def deal():
    return StationFactory(name="Deal")


@pytest.fixture
def today():
    return timezone.localdate()


# --- Leaving and coming back ---------------------------------------------------------------------------


def test_whoever_leaves_is_off_the_page_and_the_lead_is_free(champion, station, hr, today):
    change_person(person=champion, by=hr, left=today)
    assert at(station) == []
    other = champion_at(station, leads=[station])
    assert leads(station) == [other.person.known_as]


def test_whoever_has_died_is_off_every_page(champion, station, hr, today):
    record_death(person=champion, by=hr, on=today)
    assert at(station) == []


def test_an_undone_leaving_restores_the_entry_and_the_lead(champion, station, deal, today):
    actions.set_coverage(champion=champion.champion, stations=[station, deal], by=None)
    changed(champion, left=today)
    changed(champion, left=None, undoing=True)
    assert at(station) == at(deal) == ["Aaron"]
    assert leads(station) == ["Aaron"]
    assert Champion.objects.get().state == "active"


def test_an_undone_leaving_restores_a_break_and_an_absence_as_they_were(champion, today):
    actions.go_away(champion=champion.champion, first_day=today, last_day=today + timedelta(5), by=champion)
    changed(champion, left=today)
    changed(champion, left=None, undoing=True)
    entry = Champion.objects.get()
    assert (entry.state, entry.away_until) == ("away", today + timedelta(5))


def test_an_undone_leaving_does_not_push_a_new_lead_aside(champion, station, today):
    changed(champion, left=today)
    champion_at(station, person=PersonFactory(known_as="Bea", station=station), leads=[station])
    changed(champion, left=None, undoing=True)
    assert leads(station) == ["Bea"]
    assert sorted(at(station)) == ["Aaron", "Bea"]


def test_whoever_truly_comes_back_is_no_champion_until_appointed(champion, station, today):
    actions.change_entry(champion=champion.champion, by=None, phone="07700 900111")
    changed(champion, left=today)
    changed(champion, left=None)
    assert at(station) == []
    assert "champion" not in champion.roles
    assert Champion.objects.get().phone == ""
    changed(champion, left=today)
    changed(champion, left=None, undoing=True)
    assert at(station) == []


def test_leaving_touches_nobody_who_had_stepped_down(champion, today):
    actions.step_down(champion=champion.champion, by=champion)
    changed(champion, left=today)
    changed(champion, left=None, undoing=True)
    assert Champion.objects.get().state == "stepped_down"


# --- Moving ----------------------------------------------------------------------------------------------


def test_whoever_moves_is_off_the_old_page_at_once_and_still_travels(champion, station, deal, hr):
    dover = StationFactory(name="Dover")
    actions.set_coverage(champion=champion.champion, stations=[station, deal], by=None)
    change_person(person=champion, by=hr, station_id=dover.pk)
    assert (at(station), at(deal), at(dover)) == ([], ["Aaron"], [])
    assert leads(station) == []


def test_an_undone_move_restores_station_and_lead(champion, station, deal):
    changed(champion, station_id=deal.pk)
    changed(champion, station_id=station.pk, undoing=True)
    assert at(station) == ["Aaron"]
    assert leads(station) == ["Aaron"]


def test_a_move_back_in_earnest_restores_nothing(champion, station, deal):
    changed(champion, station_id=deal.pk)
    changed(champion, station_id=station.pk)
    assert at(station) == []
    changed(champion, station_id=deal.pk)
    changed(champion, station_id=station.pk, undoing=True)
    assert at(station) == []


def test_an_undone_move_leaves_alone_what_was_chosen_meanwhile(champion, station, deal):
    changed(champion, station_id=deal.pk)
    actions.set_coverage(champion=champion.champion, stations=[station], by=champion)
    changed(champion, station_id=station.pk, undoing=True)
    assert at(station) == ["Aaron"]


def test_a_move_of_somebody_who_is_no_champion_changes_nothing(champion, asha, station, deal):
    changed(asha, station_id=deal.pk)
    assert at(station) == ["Aaron"]


# --- Many at once -------------------------------------------------------------------------------------------


def queries_of(people, **values) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save_people(by=None, changed=[(person, values) for person in people])
    return len(queries)


@pytest.mark.parametrize("change", ["leaving", "moving"])
def test_a_roster_of_many_costs_as_many_queries_as_one(change, station, deal, today):
    values = {"left": today} if change == "leaving" else {"station_id": deal.pk}
    groups = [[champion_at(station).person for _ in range(number)] for number in (1, 40)]
    few, many = (queries_of(people, **values) for people in groups)
    assert many == few
