"""What may be done with an entry, and what is written down of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from champions import actions, tasks
from champions.models import Champion, Coverage
from champions.queries import Search, directory
from tests.factories.champions import champion_at
from tests.factories.people import PersonFactory, StationFactory
from wellbeing.people import history
from wellbeing.people.actions import change_person

pytestmark = pytest.mark.django_db


def listed() -> set[str]:
    return {card.known_as for card in directory(Search()).champions}


def stations_of(champion) -> list[str]:
    return sorted(champion.coverage.live().values_list("station__name", flat=True))


def leads(station) -> list[str]:
    return list(
        Coverage.objects.live()
        .filter(station=station, is_lead=True)
        .values_list("champion__person__known_as", flat=True)
    )


@pytest.fixture
def entry(champion):
    return champion.champion


@pytest.fixture
def deal():
    return StationFactory(name="Deal")


# --- Appointing ------------------------------------------------------------------------------------


def test_somebody_appointed_is_listed_at_once(asha, hr, station):
    entry = actions.appoint(person=asha, by=hr, stations=[station])
    assert listed() == {"Asha"}
    assert stations_of(entry) == ["Ashford"]
    assert "champion" in asha.roles


def test_the_history_says_who_appointed(asha, hr):
    entry = actions.appoint(person=asha, by=hr)
    assert [(change.verb, change.by) for change in history.of(entry)] == [("appointed", hr)]


def test_nobody_is_appointed_twice(champion, hr):
    with pytest.raises(ValidationError, match="is a champion already"):
        actions.appoint(person=champion, by=hr)


def test_somebody_hidden_is_not_appointed(asha, hr):
    change_person(person=asha, by=hr, hidden=True)
    with pytest.raises(ValidationError, match="cannot be listed"):
        actions.appoint(person=asha, by=hr)


def test_somebody_who_has_left_is_not_appointed(asha, hr):
    change_person(person=asha, by=hr, left=timezone.localdate())
    with pytest.raises(ValidationError, match="cannot be listed"):
        actions.appoint(person=asha, by=hr)


def test_whoever_stepped_down_may_be_appointed_again_with_the_same_entry(entry, hr, deal):
    actions.step_down(champion=entry, by=entry.person)
    again = actions.appoint(person=entry.person, by=hr, stations=[deal])
    assert again == entry
    assert listed() == {"Aaron"}
    assert stations_of(again) == ["Deal"]


def test_many_are_appointed_in_as_many_queries_as_one(django_assert_max_num_queries, station):
    new = [actions.Appointment(PersonFactory(station=station), stations=(station,)) for _ in range(30)]
    with django_assert_max_num_queries(6):
        actions.appoint_many(by=None, appointments=new)
    assert Champion.objects.listed().count() == 30
    assert Coverage.objects.live().filter(station=station).count() == 30


# --- The entry ---------------------------------------------------------------------------------------


def test_a_number_is_shown_only_where_there_is_one(entry, hr):
    change_person(person=entry.person, by=hr, work_phone="")
    with pytest.raises(ValidationError, match="no number to show"):
        actions.change_entry(champion=entry, by=entry.person, show_phone=True)


def test_a_number_of_ones_own_leaves_no_trace_in_the_history(entry):
    actions.change_entry(champion=entry, by=entry.person, phone="07700 900111", about_me="In the canteen at noon.")
    actions.change_entry(champion=entry, by=entry.person, phone="07700 900222", about_me="")
    kept = [change.details for change in history.of(entry)]
    assert kept[0] == {"phone": None, "about_me": None}
    assert "07700" not in str(kept)
    assert "canteen" not in str(kept)


def test_the_refresher_falls_due_as_the_rules_say(entry, hr):
    actions.set_rules(by=hr, refresher_months=18)
    actions.change_entry(champion=entry, by=hr, trained_on=date(2026, 8, 31))
    entry.refresh_from_db()
    assert entry.refresher_due == date(2028, 2, 29)


def test_the_refresher_falls_due_after_two_years_where_hr_has_said_nothing(entry, hr):
    actions.change_entry(champion=entry, by=hr, trained_on=date(2026, 3, 2))
    entry.refresh_from_db()
    assert entry.refresher_due == date(2028, 3, 2)


def test_a_date_given_by_hand_stands(entry, hr):
    actions.change_entry(champion=entry, by=hr, trained_on=date(2026, 3, 2), refresher_due=date(2027, 1, 1))
    entry.refresh_from_db()
    assert entry.refresher_due == date(2027, 1, 1)


# --- Stations and leads ----------------------------------------------------------------------------------


def test_coverage_becomes_exactly_what_was_chosen_and_the_lead_stays(entry, station, deal):
    actions.set_coverage(champion=entry, stations=[station, deal], by=entry.person)
    assert stations_of(entry) == ["Ashford", "Deal"]
    assert leads(station) == ["Aaron"]
    actions.set_coverage(champion=entry, stations=[deal], by=entry.person)
    assert stations_of(entry) == ["Deal"]
    assert leads(station) == []


def test_a_closed_station_is_covered_by_nobody(entry):
    closed = StationFactory(name="Old Nick", closed=True)
    with pytest.raises(ValidationError, match="Old Nick is closed"):
        actions.set_coverage(champion=entry, stations=[closed], by=entry.person)


def test_a_new_lead_takes_the_place_of_the_former(champion, station, hr):
    other = champion_at(station, person=PersonFactory(known_as="Bea", station=station))
    actions.make_lead(champion=other, station=station, by=hr)
    assert leads(station) == ["Bea"]
    assert history.of(champion.champion).first().verb == "no longer station lead"


def test_only_somebody_who_covers_a_station_leads_it(entry, deal, hr):
    with pytest.raises(ValidationError, match="does not cover Deal"):
        actions.make_lead(champion=entry, station=deal, by=hr)


def test_a_station_may_be_left_without_a_lead(champion, station, hr):
    actions.free_lead(station=station, by=hr)
    assert leads(station) == []


# --- Breaks, absences, stepping down ------------------------------------------------------------------------


def test_a_break_is_one_step_and_one_step_back(entry, station):
    actions.pause(champion=entry, by=entry.person)
    assert listed() == set()
    actions.resume(champion=entry, by=entry.person)
    assert listed() == {"Aaron"}
    assert leads(station) == ["Aaron"]


def test_somebody_away_stays_listed_and_is_away_on_both_days_entered(entry):
    today = timezone.localdate()
    entry = actions.go_away(
        champion=entry, by=entry.person, first_day=today + timedelta(1), last_day=today + timedelta(2)
    )
    assert listed() == {"Aaron"}
    away_on = []
    for day in range(4):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            away_on.append(entry.is_away)
    assert away_on == [False, True, True, False]


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-3, -1)])
def test_days_that_cannot_be_are_refused(entry, first, last):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="last day away"):
        actions.go_away(
            champion=entry, by=entry.person, first_day=today + timedelta(first), last_day=today + timedelta(last)
        )


def test_only_somebody_listed_covers(entry, station):
    other = actions.pause(champion=champion_at(station), by=None)
    today = timezone.localdate()
    for cover in (other, entry):
        with pytest.raises(ValidationError, match="another champion"):
            actions.go_away(champion=entry, by=entry.person, first_day=today, last_day=today, cover=cover)


def test_the_night_after_the_last_day_brings_people_back(entry, station):
    today = timezone.localdate()
    actions.go_away(champion=entry, by=entry.person, first_day=today, last_day=today, cover=champion_at(station))
    tasks.end_absences()
    entry.refresh_from_db()
    assert entry.state == "away"
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        tasks.end_absences()
    entry.refresh_from_db()
    assert (entry.state, entry.away_from, entry.cover) == ("active", None, None)


def test_coming_back_early_is_one_step(entry):
    today = timezone.localdate()
    actions.go_away(champion=entry, by=entry.person, first_day=today, last_day=today + timedelta(9))
    assert not actions.come_back(champion=entry, by=entry.person).is_away


def test_stepping_down_is_at_once_and_takes_number_and_words_along(entry, station):
    actions.change_entry(champion=entry, by=entry.person, phone="07700 900111", about_me="In the canteen.")
    entry = actions.step_down(champion=entry, by=entry.person)
    assert listed() == set()
    assert leads(station) == []
    assert (entry.phone, entry.about_me) == ("", "")
    assert "champion" not in entry.person.roles


@pytest.mark.parametrize("move", [actions.pause, actions.resume, actions.come_back, actions.step_down])
def test_nothing_moves_an_entry_that_was_given_up(entry, move):
    actions.step_down(champion=entry, by=entry.person)
    with pytest.raises(ValidationError, match="is not a champion now"):
        move(champion=entry, by=entry.person)
