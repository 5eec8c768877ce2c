"""Line managers and supervisors hear in time that training is due, and that it is theirs now."""

import pytest

from tests.factories.people import PersonFactory
from tests.factories.training import course, requirement, session_of
from tests.reminders.outbox import reminders, shown_to, sweep
from tests.training.standing import booked, completed, required_since
from wellbeing.people import actions as people
from wellbeing.people.models import Person
from wellbeing.reminders.models import State
from wellbeing.training.actions import requirements
from wellbeing.training.reminders.requirements import DUE, NEW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def required(db):
    return requirement(course("Mental health training", valid_months=24), within_days=90)


def told(kind, person) -> list[int]:
    """The steps of what is open for somebody."""
    return [row.step for row in reminders(kind=kind, person=person) if row.state == State.OPEN]


@pytest.mark.parametrize(
    ("left", "step"), [(100, None), (70, None), (59, 60), (45, 60), (29, 30), (8, 30), (0, 0), (-30, 0)]
)
def test_it_is_told_60_and_30_days_before_and_on_the_day(left, step, asha, ben, required, as_owner):
    completed(as_owner, ben, required.course, holds_for=left)
    sweep()

    assert told(DUE, ben) == ([] if step is None else [step])


def test_somebody_new_hears_once_that_it_is_theirs_and_then_as_the_day_comes_near(asha, ben, required, as_owner):
    requirements.sync()
    sweep()
    assert (told(NEW, ben), told(DUE, ben)) == ([0], [])
    assert shown_to(ben) == ["Training comes with looking after people at work. See by when, and book a place."]

    required_since(as_owner, ben, 61)
    sweep()
    assert told(DUE, ben) == [30]


def test_whoever_becomes_a_manager_hears_of_it_and_whoever_has_done_it_does_not(asha, ben, chidi, required, as_owner):
    trained = PersonFactory(known_as="Tess")
    completed(as_owner, trained, required.course)
    for number, manager in enumerate((chidi, trained)):
        report = PersonFactory(known_as=f"Report{number}")
        people.change_person(person=Person.objects.get(pk=report.pk), by=None, line_manager_id=manager.pk)
    sweep()

    assert (told(NEW, chidi), told(NEW, trained)) == ([0], [])


def test_it_falls_silent_once_it_is_done_or_booked_in_time_or_theirs_no_longer(asha, ben, required, as_owner):
    required_since_today(as_owner, ben)
    booked(as_owner, ben, session_of(required.course))
    assert told(DUE, ben) == []

    as_owner.execute("update training_place set state = 'withdrawn'")
    requirements.sync({ben.pk})
    sweep()
    assert told(DUE, ben) == [30]

    completed(as_owner, ben, required.course)
    sweep()
    assert told(DUE, ben) == []

    as_owner.execute("delete from training_completion")
    requirements.sync({ben.pk})
    sweep()
    assert told(DUE, ben) == [30]
    people.change_person(person=Person.objects.get(pk=asha.pk), by=None, line_manager_id=None)
    sweep()
    assert (told(DUE, ben), told(NEW, ben)) == ([], [])


def required_since_today(as_owner, ben) -> None:
    requirements.sync()
    required_since(as_owner, ben, 61)
    sweep()
    assert told(DUE, ben) == [30]


def test_a_place_after_the_day_silences_nothing(asha, ben, required, as_owner):
    required_since_today(as_owner, ben)
    booked(as_owner, ben, session_of(required.course, in_days=40))
    sweep()

    assert told(DUE, ben) == [30]


def test_nobody_else_hears_of_it(asha, ben, chidi, hr, required, as_owner):
    completed(as_owner, ben, required.course, holds_for=-5)
    sweep()

    assert {row.person_id for row in reminders(kind=DUE)} == {ben.pk}
    (sentence,) = shown_to(ben)
    assert sentence.startswith("Your training for line managers and supervisors was due by ")
    assert [shown_to(other) for other in (asha, chidi, hr)] == [[], [], []]
