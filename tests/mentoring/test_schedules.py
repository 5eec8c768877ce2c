"""The line manager's page: who is due, by working days, from dates and counts alone."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring.actions import schedules as actions
from mentoring.models import OneToOne, Schedule
from mentoring.queries import schedules as queries
from tests.confidential.records import at_once
from tests.factories.people import PersonFactory
from wellbeing.confidential import vault
from wellbeing.people import actions as people
from wellbeing.reminders import working_days
from wellbeing.reminders.models import at_hour
from wellbeing.web.identity import acting_as

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

PAGE = "/mentoring/"
SATURDAY = 5


def due(manager, subject, day, **more):
    values = {"every_weeks": None, "rests_until": None} | more
    with acting_as(manager):
        return actions.set_schedule(by=manager, subject=subject, next_due=day, **values)


def plan_of(manager, subject):
    with acting_as(manager):
        return next(plan for plan in queries.plans_for(manager) if plan.person == subject)


def a_working_day(days: int) -> date:
    return working_days.on_or_before(timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize(("days", "words"), [(-14, "Overdue"), (0, "Due this week"), (60, "Coming up")])
def test_somebody_stands_where_their_date_puts_them(asha, ben, browse_as, days, words):
    due(ben, asha, a_working_day(days))

    page = browse_as(ben).get(PAGE).content.decode()
    assert f'<h2 class="govuk-heading-m">{words}</h2>' in page
    assert page.count('<h2 class="govuk-heading-m">') == 1


def test_on_the_weekend_after_its_day_it_is_not_yet_overdue(asha, ben, browse_as, time_machine):
    saturday = timezone.localdate() + timedelta(days=1)
    while saturday.weekday() != SATURDAY:
        saturday += timedelta(days=1)
    due(ben, asha, working_days.on_or_before(saturday))
    time_machine.move_to(at_hour(saturday, 10))

    page = browse_as(ben).get(PAGE).content.decode()
    assert "Due this week" in page
    assert "verdue" not in page


def test_overdue_is_counted_in_working_days(asha, ben, browse_as):
    day = a_working_day(-14)
    due(ben, asha, day)

    late = working_days.between(day, timezone.localdate())
    assert f"{late} working days overdue" in browse_as(ben).get(PAGE).content.decode()


def test_without_a_schedule_the_first_is_due_an_interval_after_the_link_began(asha, ben):
    expected = working_days.on_or_after(timezone.localdate() + timedelta(weeks=6))

    assert plan_of(ben, asha).due == expected


def test_a_date_on_a_weekend_moves_to_the_next_working_day(asha, ben):
    due(ben, asha, date(2027, 12, 25))

    assert plan_of(ben, asha).due == date(2027, 12, 29)  # Christmas and Boxing Day are made up for on 27 and 28


def test_while_it_rests_nothing_is_overdue_and_after_it_the_first_working_day_counts(asha, ben, browse_as):
    rests_until = timezone.localdate() + timedelta(days=10)
    due(ben, asha, a_working_day(-30), rests_until=rests_until)

    plan = plan_of(ben, asha)
    assert (plan.group, plan.due) == ("resting", working_days.on_or_after(rests_until + timedelta(days=1)))
    assert "Overdue" not in browse_as(ben).get(PAGE).content.decode()


def test_a_quick_catch_up_is_one_tap_and_a_double_tap_is_one(asha, ben, browse_as):
    due(ben, asha, a_working_day(-14))
    key, browser = uuid.uuid4(), browse_as(ben)
    for _ in range(2):
        answer = browser.post(reverse("mentoring:quick", args=[asha.pk]), {"key": key})
        assert answer.url == PAGE

    with acting_as(ben):
        assert OneToOne.objects.count() == 1
        assert Schedule.objects.get().next_due == working_days.on_or_after(timezone.localdate() + timedelta(weeks=6))


def test_looking_at_the_page_opens_nothing(asha, ben, browse_as, as_owner):
    with acting_as(ben):
        vault.seal(record=uuid.uuid4(), by=ben, kind="one_to_one", subject=asha, answers={"how": "Secret words"})
    page = browse_as(ben).get(PAGE).content.decode()

    assert "Secret words" not in page
    as_owner.execute("select count(*) from confidential_readlog")
    assert as_owner.fetchone() == (0,)


def test_a_correction_asked_for_is_counted_until_it_is_made(asha, ben, browse_as):
    key = uuid.uuid4()
    with acting_as(ben):
        vault.seal(record=key, by=ben, kind="one_to_one", subject=asha, answers={"how": "First"})
    with acting_as(asha):
        vault.seal(record=key, by=asha, part="request", answers={"text": "That is not so"})
    assert plan_of(ben, asha).asked == 1
    with acting_as(ben):
        vault.seal(record=key, by=ben, answers={"how": "Second"}, replaces=1)

    assert plan_of(ben, asha).asked == 0


def test_the_page_asks_as_often_for_nine_people_as_for_one(ben, asha, browse_as):
    counts = []
    for more in (0, 2, 6):
        for _ in range(more):
            due(ben, PersonFactory(line_manager=ben), a_working_day(-3))
        browser = browse_as(ben)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts


def test_somebody_who_moved_is_gone_from_the_list_and_their_date_goes_with_them(asha, ben, hr, browse_as):
    day = a_working_day(30)
    due(ben, asha, day)
    new = PersonFactory(known_as="Nora")
    with acting_as(hr):
        people.change_person(person=asha, by=hr, line_manager_id=new.pk)

    assert browse_as(ben).get(PAGE).status_code == 302
    assert plan_of(new, asha).due == day


def test_nobody_else_reaches_a_managers_pages(request, asha, ben, browse_as):
    paths, reached = [reverse(f"mentoring:{page}", args=[asha.pk]) for page in ("quick", "schedule", "with", "log")], []
    for who in ("chidi", "hr", "lead", "coordinator", "guardian", "dpo", "technical_admin", "superuser"):
        browser = browse_as(request.getfixturevalue(who))
        answers = [(path, answer.status_code) for path in paths for answer in (browser.post(path), browser.get(path))]
        reached += [(who, *answer) for answer in answers if answer[1] not in (404, 405)]
        assert browser.get(PAGE).status_code == 302, who
    assert reached == []


def test_all_dates_are_shifted_and_set_at_once(asha, ben, browse_as):
    other = PersonFactory(line_manager=ben)
    day = a_working_day(30)
    for person in (asha, other):
        due(ben, person, day)
    browse_as(ben).post(reverse("mentoring:schedule_all"), {"shift_days": "7", "every_weeks": "4"})

    for person in (asha, other):
        plan = plan_of(ben, person)
        assert (plan.due, plan.every_weeks) == (working_days.on_or_after(day + timedelta(days=7)), 4)


def test_an_interval_for_all_leaves_dates_that_nobody_has_set(asha, ben, browse_as):
    browse_as(ben).post(reverse("mentoring:schedule_all"), {"every_weeks": "4"})

    assert plan_of(ben, asha).due == working_days.on_or_after(timezone.localdate() + timedelta(weeks=4))


def test_a_schedule_is_changed_and_bad_input_keeps_what_was_typed(asha, ben, browse_as):
    path, browser = reverse("mentoring:schedule", args=[asha.pk]), browse_as(ben)
    date_parts = {"next_due_day": "29", "next_due_month": "2", "next_due_year": "2027", "every_weeks": "99"}
    page = browser.post(path, date_parts).content.decode()

    assert "Enter a date that exists" in page
    assert "Enter 52 weeks or fewer." in page
    assert 'value="99"' in page
    assert browser.post(path, date_parts | {"next_due_day": "26", "every_weeks": "3"}).url == PAGE
    assert plan_of(ben, asha).every_weeks == 3


def test_who_acts_sees_names_and_dates_and_no_more_and_not_for_longer(asha, ben, chidi, browse_as):
    day = a_working_day(30)
    due(ben, asha, day)
    today = timezone.localdate()
    last = today + timedelta(days=10)
    form = {"person": chidi.staff_number}
    for name, value in (("first_day", today), ("last_day", last)):
        form |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
    assert browse_as(ben).post(reverse("mentoring:acting"), form).status_code == 302

    page = browse_as(chidi).get(PAGE).content.decode()
    assert "While Ben Okafor is away" in page
    assert asha.name in page
    assert "Log a 1-1" not in page
    assert browse_as(chidi).get(reverse("mentoring:log", args=[asha.pk])).status_code == 404
    browse_as(ben).post(reverse("mentoring:end_acting", args=[chidi.pk]))
    assert browse_as(chidi).get(PAGE).status_code == 302


def test_nobody_names_themselves_or_somebody_unknown_or_for_half_a_year(asha, ben, chidi, browse_as):
    browser, today = browse_as(ben), timezone.localdate()
    late = today + timedelta(days=180)
    dates = {"first_day_day": today.day, "first_day_month": today.month, "first_day_year": today.year}
    dates |= {"last_day_day": late.day, "last_day_month": late.month, "last_day_year": late.year}
    for number, words in (
        (ben.staff_number, "That is your own number"),
        ("00000", "Nobody on the roster has this staff number."),
        ("nobody", "Nobody on the roster has this staff number. Type the number, not a name."),
        (chidi.staff_number, "Choose three months or fewer."),
    ):
        assert words in browser.post(reverse("mentoring:acting"), dates | {"person": number}).content.decode()


def _defaults(form) -> dict:
    """What stands in a form before anything is typed."""
    return {field.name: field.value() for field in form if field.value() is not None}


def test_hr_decides_how_often_in_the_admin(asha, ben, hr, browse_as):
    page = browse_as(hr).get("/admin/mentoring/rules/add/").context["adminform"].form
    browse_as(hr).post("/admin/mentoring/rules/add/", _defaults(page) | {"every_weeks": "8"})

    assert plan_of(ben, asha).every_weeks == 8


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("31", "12", "9999"), "Choose a day within the next 2 years."),
        (("9" * 20, "1", "2027"), "Enter a date that exists"),
        (("1", "9" * 30, "2027"), "Enter a date that exists"),
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_refused_and_kept(asha, ben, browse_as, day, words):
    page = reverse("mentoring:schedule", args=[asha.pk])
    for name in ("rests_until", "next_due"):
        typed = {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), day, strict=True)}
        answer = browse_as(ben).post(page, typed).content.decode()
        assert words in answer
        assert f'value="{day[0]}"' in answer
    assert browse_as(ben).get("/mentoring/").status_code == 200


def test_the_database_refuses_such_a_day_as_well(asha, ben):
    with pytest.raises(IntegrityError, match="schedule_has_an_end"), acting_as(ben):
        Schedule.objects.create(subject=asha, rests_until=date(9999, 12, 31))


def test_whoever_acts_sees_nobody_in_a_covert_role(asha, ben, chidi, browse_as):
    PersonFactory(known_as="Coverta", line_manager=ben, hidden=True)
    today = timezone.localdate()
    with acting_as(ben):
        actions.name_acting(by=ben, acting=chidi, first_day=today, last_day=today)
    page = browse_as(chidi).get("/mentoring/").content.decode()
    assert "Asha Patel" in page
    assert "Coverta" not in page


def test_two_who_set_the_first_day_at_once_set_one(asha, ben):
    def set_it(number):
        due(ben, asha, a_working_day(10 + number))

    at_once(4, set_it)
    with acting_as(ben):
        assert Schedule.objects.filter(subject=asha).count() == 1
