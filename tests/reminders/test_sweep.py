"""What is found to have fallen due: once, for those who are here, and no longer than it is due."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from champions import actions as champions
from tests.databases import manage, the_worker
from tests.factories.people import PersonFactory
from tests.reminders.outbox import holding, reminders, shown_to, steps, sweep, the_reminder
from wellbeing.people import actions as people
from wellbeing.reminders import actions, policy
from wellbeing.reminders.models import State
from wellbeing.web.identity import acting_as

KIND = "champions.refresher"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("days", "expected"), [(61, []), (60, [60]), (45, [60]), (30, [30]), (29, [30]), (1, [30]), (0, [0]), (-100, [0])]
)
def test_somebody_is_told_at_the_latest_step_reached_and_at_no_other(mid_morning, asha, make_champion, days, expected):
    make_champion(asha, refresher_in=days)

    sweep()

    assert steps() == expected


def test_sweeping_again_finds_nothing_new(asha_is_due):
    sweep()
    sweep()

    assert steps() == [30]


def test_each_step_is_told_when_its_day_comes_and_replaces_the_one_before(asha, make_champion, mid_morning):
    make_champion(asha, refresher_in=60)
    for day in (0, 25, 34, 54, 64, 80):
        mid_morning(days=day)
        sweep()

    assert steps(kind=KIND) == [60, 30, 0]
    assert steps(kind=KIND, state=State.OPEN) == [0]


def test_a_refresher_that_was_taken_takes_its_reminder_away_at_once(asha, asha_is_due):
    sweep()
    champions.change_entry(
        champion=asha_is_due, by=None, trained_on=timezone.localdate(), refresher_due=date(2099, 1, 1)
    )

    assert shown_to(asha) == []


def test_a_refresher_that_was_moved_is_told_with_its_new_day_at_once(asha, asha_is_due):
    sweep()
    champions.change_entry(champion=asha_is_due, by=None, refresher_due=timezone.localdate() + timedelta(days=20))

    (sentence,) = shown_to(asha)
    due = timezone.localdate() + timedelta(days=20)
    assert f"{due:%A} {due.day} {due:%B}" in sentence


def test_a_champion_who_steps_down_is_no_longer_reminded(asha, asha_is_due):
    sweep()
    champions.step_down(champion=asha_is_due, by=None)

    assert shown_to(asha) == []


def test_what_is_due_again_comes_back_and_is_not_told_twice(asha, asha_is_due, as_owner):
    sweep()
    as_owner.execute("update reminders_reminder set told_at = now()")
    was_due = asha_is_due.refresher_due
    champions.change_entry(champion=asha_is_due, by=None, refresher_due=date(2099, 1, 1))
    assert the_reminder().state == State.LAPSED

    champions.change_entry(champion=asha_is_due, by=None, refresher_due=was_due)

    assert the_reminder().state == State.OPEN
    assert the_reminder().told_at is not None
    assert len(shown_to(asha)) == 1


def test_what_its_reader_put_away_stays_away(asha, asha_is_due):
    sweep()
    with acting_as(asha):
        actions.put_away(reminder=policy.shown_to(asha).get(), by=asha)
    sweep()

    assert shown_to(asha) == []
    assert the_reminder().state == State.CLOSED


def test_nobody_who_has_left_is_told(asha, asha_is_due):
    people.change_person(person=asha, by=None, left=timezone.localdate() - timedelta(days=1))

    sweep()

    assert reminders(state=State.OPEN) == []


def test_nobody_who_has_died_is_told_nor_shown_what_was_told_before(asha, asha_is_due, hr):
    sweep()
    people.record_death(person=asha, by=hr, on=timezone.localdate() - timedelta(days=1))

    assert reminders(state=State.OPEN) == []
    sweep()
    assert reminders(state=State.OPEN) == []


def test_a_death_taken_back_brings_the_reminder_back(asha, asha_is_due, hr):
    sweep()
    people.record_death(person=asha, by=hr, on=timezone.localdate() - timedelta(days=1))
    people.take_back_death(person=asha, by=hr)

    sweep()

    assert len(shown_to(asha)) == 1


def test_a_clock_that_was_a_year_ahead_tells_again_when_the_day_truly_comes(asha, make_champion, mid_morning, as_owner):
    make_champion(asha, refresher_in=300)
    mid_morning(days=365)
    sweep()
    as_owner.execute("update reminders_reminder set told_at = now()")
    assert steps(kind=KIND, state=State.OPEN) == [0]

    mid_morning()
    sweep()
    assert reminders(state=State.OPEN) == []

    mid_morning(days=305)
    sweep()
    assert steps(kind=KIND, state=State.OPEN) == [0]
    assert reminders(kind=KIND, state=State.OPEN)[0].told_at is None


def test_a_hundred_people_cost_the_same_number_of_queries_as_one(mid_morning, asha, make_champion):
    make_champion(asha, refresher_in=30)
    with the_worker(), CaptureQueriesContext(connection) as for_one:
        actions.sweep()
    for _ in range(30):
        make_champion(PersonFactory(station=asha.station), refresher_in=30)

    with the_worker(), CaptureQueriesContext(connection) as for_many:
        actions.sweep()

    assert len(reminders()) == 31
    assert len(for_many) == len(for_one)


def test_the_command_does_the_same_by_hand(asha_is_due, capsys, settings):
    settings.DB_LOGIN = "worker"
    with the_worker():
        call_command("sweep_reminders")

    assert "champions.refresher: 1 made" in capsys.readouterr().out
    assert steps() == [30]


def test_its_dry_run_says_how_many_and_writes_nothing(asha_is_due, capsys, settings):
    settings.DB_LOGIN = "worker"
    with the_worker():
        call_command("sweep_reminders", dry_run=True)

    assert "champions.refresher: 1 would be made" in capsys.readouterr().out
    assert steps() == []


def test_with_another_login_it_says_so(asha_is_due):
    with pytest.raises(ImproperlyConfigured, match="DB_LOGIN=worker"):
        call_command("sweep_reminders")


def test_a_sweep_and_a_page_do_not_wait_for_each_other(asha_is_due, asha, as_owner):
    """A page is changing a reminder that the sweep would let lapse: the sweep passes over it."""
    sweep()
    as_owner.execute("update champions_champion set refresher_due = null")
    with holding("select from reminders_reminder for update"):
        sweep()
        assert steps(state=State.OPEN) == [30]
    sweep()

    assert steps(state=State.OPEN) == []


def test_a_sweep_that_finds_nothing_new_waits_for_nobody(asha_is_due):
    sweep()
    with holding("select from reminders_reminder for update"):
        sweep()

    assert steps() == [30]


def test_one_kind_that_cannot_be_swept_holds_up_no_other(asha_is_due, as_owner):
    as_owner.execute("revoke select on mentoring_action from wellbeing_worker")
    with pytest.raises(ProgrammingError):
        sweep()

    assert steps() == [30]


def test_what_no_app_declares_any_longer_lapses(asha_is_due, as_owner):
    sweep()
    as_owner.execute("update reminders_reminder set kind = 'forgotten.thing'")
    sweep()

    assert steps(kind="forgotten.thing", state=State.OPEN) == []


def test_the_command_by_hand_has_the_worker_s_login(asha, transactional_db, make_champion):
    make_champion(asha, refresher_in=-10)

    assert "champions.refresher: 1 made" in manage("sweep_reminders", DB_LOGIN="worker")
