"""Whoever looks after a page of guidance is reminded to check it, and nobody once it is checked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.guidance import a_page, overdue
from tests.reminders.outbox import reminders, shown_to, sweep
from wellbeing.reminders import actions as reminding
from wellbeing.reminders import shift_patterns, working_days
from wellbeing.support import actions
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "support.guidance"


def due_in(days: int):
    return timezone.localdate() + timedelta(days=days)


def shown(person) -> list[int]:
    return [one.step for one in reminders(kind=KIND, person=person, state="open")]


@pytest.mark.parametrize(("days", "step"), [(45, []), (20, [30]), (0, [0])])
def test_its_owner_is_told_before_and_on_the_day(chidi, days, step):
    a_page(owner=chidi, review_on=due_in(days))
    sweep()

    assert shown(chidi) == step


def test_and_again_once_it_is_overdue(chidi):
    overdue(a_page(owner=chidi))
    sweep()

    assert shown(chidi) == [-14]
    assert "was to be checked by" in shown_to(chidi)[0]


def test_once_it_is_checked_nothing_waits(chidi):
    page = a_page(owner=chidi, review_on=working_days.on_or_after(due_in(5)))
    sweep()
    assert "is to be checked by" in shown_to(chidi)[0]
    actions.reviewed(guidance=page, by=chidi)

    assert shown(chidi) == []


def test_a_new_owner_is_told_and_the_old_one_no_longer(chidi, ben, coordinator):
    page = a_page(owner=chidi, review_on=due_in(5))
    sweep()
    actions.save_guidance(guidance=page, by=coordinator, owner=ben)

    assert (shown(chidi), shown(ben)) == ([], [30])


def test_a_page_taken_back_reminds_nobody(chidi, coordinator):
    page = a_page(owner=chidi, review_on=due_in(5))
    sweep()
    actions.save_guidance(guidance=page, by=coordinator, published=False)

    assert shown(chidi) == []


def test_the_reminder_leads_to_the_owner_s_own_pages(client, chidi):
    a_page(owner=chidi, review_on=due_in(5))
    sweep()
    client.force_login(chidi)

    assert 'href="/guidance/mine/"' in client.get("/reminders/").content.decode()


def test_a_new_owner_whose_days_reach_less_is_told_all_the_same(chidi, ben, coordinator):
    page = a_page(owner=chidi, review_on=due_in(5))
    sweep()
    with acting_as(chidi):
        reminding.set_pattern(by=chidi, pattern=shift_patterns.rota(on=1, off=13, first_day=due_in(5)))
    with acting_as(ben):
        reminding.set_pattern(by=ben, pattern=shift_patterns.weekly(set(range(7))))
    actions.save_guidance(guidance=page, by=coordinator, owner=ben)
    actions.save_guidance(guidance=page, by=coordinator, owner=chidi)
    assert (len(shown(chidi)), shown(ben)) == (1, [])

    actions.save_guidance(guidance=page, by=coordinator, owner=ben)
    assert (shown(chidi), len(shown(ben))) == ([], 1)
