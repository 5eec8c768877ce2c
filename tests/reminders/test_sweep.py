"""What is found to have fallen due: once, for those who are here, and no longer than it is due."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions as champions
from tests.databases import manage
from tests.factories.people import PersonFactory
from wellbeing.people import actions as people
from wellbeing.reminders import actions, queries, tasks
from wellbeing.reminders.models import Reminder, State


def sweep() -> None:
    tasks.sweep.apply(throw=True)


def steps() -> list[int]:
    return sorted(Reminder.objects.values_list("step", flat=True))


@pytest.mark.parametrize(
    ("days", "expected"), [(61, []), (60, [60]), (45, [60]), (30, [30]), (29, [30]), (1, [30]), (0, [0]), (-100, [0])]
)
def test_somebody_is_told_at_the_latest_step_reached_and_at_no_other(asha, make_champion, days, expected):
    make_champion(asha, refresher_in=days)

    sweep()

    assert steps() == expected


def test_sweeping_again_finds_nothing_new(asha_is_due):
    sweep()
    sweep()

    assert steps() == [30]


def test_each_step_is_told_when_its_day_comes_and_replaces_the_one_before(asha, make_champion, time_machine):
    make_champion(asha, refresher_in=60)
    start = timezone.now()
    for day in (0, 29, 30, 59, 60, 75):
        time_machine.move_to(start + timedelta(days=day))
        sweep()

    assert steps() == [0, 30, 60]
    assert [reminder.step for reminder in queries.open_for(asha)] == [0]


def test_a_refresher_that_was_taken_takes_its_reminder_away(asha, asha_is_due):
    sweep()
    champions.change_entry(
        champion=asha_is_due, by=None, trained_on=timezone.localdate(), refresher_due=date(2099, 1, 1)
    )
    sweep()

    assert not queries.open_for(asha).exists()


def test_a_champion_who_steps_down_is_no_longer_reminded(asha, asha_is_due):
    sweep()
    champions.step_down(champion=asha_is_due, by=None)
    sweep()

    assert not queries.open_for(asha).exists()


def test_what_is_due_again_comes_back_and_is_not_told_twice(asha, asha_is_due, the_reminder):
    sweep()
    Reminder.objects.update(state=State.SENT, sent_at=timezone.now())
    was_due = asha_is_due.refresher_due
    champions.change_entry(champion=asha_is_due, by=None, refresher_due=date(2099, 1, 1))
    sweep()
    assert the_reminder().state == State.LAPSED

    champions.change_entry(champion=asha_is_due, by=None, refresher_due=was_due)
    sweep()

    assert the_reminder().state == State.SENT
    assert queries.open_for(asha).exists()


def test_what_its_reader_put_away_stays_away(asha, asha_is_due, the_reminder):
    sweep()
    actions.put_away(reminder=the_reminder(), by=asha)
    sweep()

    assert not queries.open_for(asha).exists()


def test_nobody_who_has_left_is_told(asha, asha_is_due):
    Reminder.objects.all().delete()
    people.change_person(person=asha, by=None, left=timezone.localdate())

    sweep()

    assert steps() == []


def test_nobody_who_has_died_is_told(asha, asha_is_due, hr):
    people.record_death(person=asha, by=hr, on=timezone.localdate())

    sweep()

    assert steps() == []


def test_a_cause_that_tells_at_once_tells_once(asha):
    for _ in range(2):
        actions.remind(kind="champions.refresher", about=7, person=asha, due=date(2030, 1, 1))

    assert queries.open_for(asha).count() == 1


def test_what_is_done_is_closed_and_never_sent(asha, asha_is_due, the_reminder):
    sweep()

    assert actions.close(kind="champions.refresher", about=asha_is_due.pk) == 1
    assert the_reminder().state == State.CLOSED


def test_a_hundred_people_cost_the_same_number_of_queries_as_one(asha, make_champion):
    make_champion(asha, refresher_in=30)
    with CaptureQueriesContext(connection) as for_one:
        actions.sweep()
    for _ in range(30):
        make_champion(PersonFactory(station=asha.station), refresher_in=30)

    with CaptureQueriesContext(connection) as for_many:
        actions.sweep()

    assert Reminder.objects.count() == 31
    assert len(for_many) == len(for_one)


def test_the_command_does_the_same_by_hand(asha_is_due, capsys):
    call_command("sweep_reminders")

    assert "champions.refresher: 1 made" in capsys.readouterr().out
    assert steps() == [30]


def test_its_dry_run_says_how_many_and_writes_nothing(asha_is_due, capsys):
    call_command("sweep_reminders", dry_run=True)

    assert "champions.refresher: 1 would be made" in capsys.readouterr().out
    assert steps() == []


def test_the_worker_s_own_login_may_sweep(asha, transactional_db, make_champion):
    make_champion(asha, refresher_in=30)

    assert "champions.refresher: 1 made" in manage("sweep_reminders", DB_LOGIN="worker")
