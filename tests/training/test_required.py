"""Who must hold which training follows from the roster, and how they stand from what they have done and booked."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from tests.databases import the_worker
from tests.factories.people import PersonFactory
from tests.factories.training import course, is_over, requirement, session_of
from tests.people.conftest import import_roster, line, person, places
from tests.training.standing import booked, completed, required_since, rows
from wellbeing.people import actions as people
from wellbeing.people.models import Person, RosterImport
from wellbeing.people.roster import imports
from wellbeing.training import tasks
from wellbeing.training.actions import completions, requirements
from wellbeing.training.actions import places as place_actions
from wellbeing.training.models import Place, Purpose, Required, Standing
from wellbeing.web.identity import acting_as

__all__ = ["import_roster", "places"]
pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


def concerned() -> set[str]:
    return set(rows())


def change(somebody, **values) -> None:
    people.change_person(person=Person.objects.get(pk=somebody.pk), by=None, **values)


def days(number: int):
    return TODAY + timedelta(days=number)


@pytest.fixture
def required(db):
    return requirement(course(valid_months=24), within_days=90)


# --- Whom it concerns ---------------------------------------------------------------------------------


def test_it_concerns_whoever_somebody_reports_to_and_nobody_else(asha, ben, chidi):
    requirements.save(requirement=requirement(course()), by=None)

    assert concerned() == {"Ben"}


def test_where_it_names_ranks_it_concerns_them_however_they_are_written(ben, asha, chidi):
    PersonFactory(known_as="Ines", rank_or_grade="Insp")
    requirements.save(requirement=requirement(course()), by=None, line_managers=False, ranks=["SGT", "insp"])

    assert concerned() == {"Ben", "Ines"}


def test_a_requirement_that_concerns_nobody_is_refused(required):
    with pytest.raises(ValidationError, match="Say whom it concerns"):
        requirements.save(requirement=required, by=None, line_managers=False)


def test_one_that_is_no_longer_in_force_concerns_nobody(asha, required):
    requirements.sync()
    requirements.save(requirement=required, by=None, is_in_force=False)

    assert concerned() == set()


SITUATIONS = {
    "becomes a manager": (lambda a, b, c: change(a, line_manager_id=c.pk), {"Chidi"}),
    "gets a second report": (lambda a, b, c: change(c, line_manager_id=b.pk), {"Ben"}),
    "the last report moves away": (lambda a, b, c: change(a, line_manager_id=None), set()),
    "the last report leaves": (lambda a, b, c: change(a, left=TODAY), set()),
    "the last report leaves next week": (lambda a, b, c: change(a, left=TODAY + timedelta(days=7)), {"Ben"}),
    "leaves": (lambda a, b, c: change(b, left=TODAY), set()),
    "leaves and returns": (lambda a, b, c: (change(b, left=TODAY), change(b, left=None)), {"Ben"}),
    "the report leaves and returns": (lambda a, b, c: (change(a, left=TODAY), change(a, left=None)), {"Ben"}),
    "dies": (lambda a, b, c: people.record_death(person=Person.objects.get(pk=b.pk), by=None, on=TODAY), set()),
    "is promoted": (lambda a, b, c: change(c, rank_or_grade="Insp"), {"Ben", "Chidi"}),
    "is promoted and goes back": (
        lambda a, b, c: (change(c, rank_or_grade="Insp"), change(c, rank_or_grade="PC")),
        {"Ben"},
    ),
    "is new in that rank": (lambda a, b, c: PersonFactory(known_as="Ines", rank_or_grade="Insp"), {"Ben", "Ines"}),
    "goes under cover": (lambda a, b, c: change(b, hidden=True), {"Ben"}),
}


@pytest.mark.parametrize("what", SITUATIONS)
def test_it_follows_the_roster_in_the_same_transaction(what, asha, ben, chidi, required):
    requirements.save(requirement=required, by=None, ranks=["Insp"])
    happens, expected = SITUATIONS[what]

    happens(asha, ben, chidi)

    assert concerned() == expected


# --- Imports, and their undoing ---------------------------------------------------------------------------


def undo_the_last_import(hr) -> None:
    row = RosterImport.objects.latest("id")
    with acting_as(hr):
        imports.undo(row=row, by=hr)
    imports.carry_on(row.pk)


def test_an_import_makes_managers_and_its_undoing_takes_them_off_with_their_rows(import_roster, hr, required, as_owner):
    import_roster([line(1, line_manager="2"), line(2), line(3, rank_or_grade="Insp")], "--confirm")
    assert concerned() == {"Known2"}

    undo_the_last_import(hr)

    as_owner.execute("select count(*) from training_required")
    assert as_owner.fetchone() == (0,)
    assert not Person.objects.filter(staff_number="2").exists()


def test_an_undone_leaving_lets_nobody_begin_anew(import_roster, hr, required, as_owner):
    import_roster([line(1, line_manager="2"), line(2), line(3)], "--confirm")
    required_since(as_owner, person(2), 80)
    import_roster([line(1, line_manager="3"), line(2, left="2020-01-01")], "--confirm")
    assert concerned() == {"Known3"}

    undo_the_last_import(hr)

    assert concerned() == {"Known2"}
    assert (rows()["Known2"].since, rows()["Known2"].due_on) == (days(-80), days(10))


def test_a_rank_in_an_import_counts_at_once(import_roster, required):
    requirements.save(requirement=required, by=None, ranks=["Insp"])
    import_roster([line(1), line(2)], "--confirm")
    import_roster([line(1, rank_or_grade="Insp"), line(2)], "--confirm")

    assert concerned() == {"Known1"}


def test_whoever_is_a_manager_again_after_a_month_has_the_whole_time(asha, ben, required, as_owner):
    required_since(as_owner, ben, 80)
    change(asha, line_manager_id=None)
    as_owner.execute("update training_required set ended_on = ended_on - 29")

    change(asha, line_manager_id=ben.pk)

    assert (rows()["Ben"].since, rows()["Ben"].due_on) == (TODAY, days(90))


def test_a_row_that_concerns_nobody_any_longer_goes_after_28_days(asha, ben, required, as_owner):
    requirements.sync()
    change(asha, line_manager_id=None)
    for ago, left in ((28, 1), (29, 0)):
        as_owner.execute("update training_required set ended_on = %s", [days(-ago)])
        with the_worker():
            tasks.sync_required()
        as_owner.execute("select count(*) from training_required")
        assert as_owner.fetchone() == (left,)


# --- How they stand -----------------------------------------------------------------------------------


def standing(name="Ben") -> tuple:
    row = rows()[name]
    return row.standing, row.done_on, row.due_on, row.booked_on


def test_somebody_new_has_so_many_days_and_then_is_overdue(asha, ben, required, as_owner):
    requirements.sync()
    assert standing() == (Standing.DUE, None, days(90), None)
    required_since(as_owner, ben, 90)
    assert standing() == (Standing.DUE, None, TODAY, None)
    required_since(as_owner, ben, 1)
    assert standing() == (Standing.OVERDUE, None, days(-1), None)


@pytest.mark.parametrize(
    ("holds_for", "expected"),
    [(None, Standing.DONE), (100, Standing.DONE), (0, Standing.DONE), (-1, Standing.EXPIRED)],
)
def test_what_was_done_holds_to_the_end_of_its_last_day(holds_for, expected, asha, ben, required, as_owner):
    completed(as_owner, ben, required.course, holds_for=holds_for)

    assert standing() == (expected, days(-100), None if holds_for is None else days(holds_for), None)


def test_of_several_completions_the_one_that_holds_longest_counts(asha, ben, required, as_owner):
    completed(as_owner, ben, required.course, days_ago=50, holds_for=20)
    completed(as_owner, ben, required.course, days_ago=300, holds_for=200)
    assert standing() == (Standing.DONE, days(-50), days(200), None)
    completed(as_owner, ben, required.course, days_ago=400, holds_for=None)
    assert standing() == (Standing.DONE, days(-50), None, None)


def test_a_place_counts_from_its_booking_to_its_giving_back(asha, ben, required):
    session = session_of(required.course)
    with acting_as(ben):
        place = place_actions.book(session=session, by=ben)
    assert standing() == (Standing.BOOKED, None, days(90), session.day)
    with acting_as(ben):
        place_actions.withdraw(place=place, by=ben)
    assert standing() == (Standing.DUE, None, days(90), None)


def test_whoever_came_holds_it_at_once_and_a_wrong_mark_is_taken_back(asha, ben, hr, required, as_owner):
    session = session_of(required.course)
    booked(as_owner, ben, session)
    is_over(session)
    place = Place(pk=None)
    as_owner.execute("select id from training_place")
    place.pk = as_owner.fetchone()[0]
    with acting_as(hr):
        completions.mark_attendance(session=session, came={place.pk}, by=hr)
    assert standing()[:2] == (Standing.DONE, days(-1))
    with acting_as(hr):
        completions.mark_attendance(session=session, came=set(), by=hr)
    assert standing() == (Standing.DUE, None, days(90), None)


@pytest.mark.parametrize(("ago", "expected"), [(6, Standing.BOOKED), (8, Standing.DUE)])
def test_a_place_in_a_session_that_is_over_counts_for_a_week_until_it_is_written_who_came(
    ago, expected, asha, ben, required, as_owner
):
    session = session_of(required.course)
    booked(as_owner, ben, session)
    as_owner.execute("update training_session set starts_at = now() - %s * interval '1 day', ends_at = now() - %s *"
                     " interval '1 day' + interval '1 hour'", [ago, ago])  # fmt: skip
    with the_worker():
        tasks.sync_required()

    assert standing()[0] == expected


def test_another_course_does_not_count(asha, ben, required, as_owner):
    completed(as_owner, ben, course("Something else"))
    requirements.sync()

    assert standing()[0] == Standing.DUE


def test_a_change_of_the_rule_is_carried_out_at_once(asha, ben, required):
    requirements.sync()
    requirements.save(requirement=required, by=None, within_days=30)

    assert standing() == (Standing.DUE, None, days(30), None)


def test_for_one_as_for_all_it_comes_to_the_same(asha, ben, chidi, required, as_owner):
    """Brought in line one by one, and then all at once: nothing is left to be touched."""
    session = session_of(required.course)
    change(chidi, rank_or_grade="Insp")
    requirements.save(requirement=required, by=None, ranks=["Insp"])
    booked(as_owner, chidi, session)
    completed(as_owner, ben, required.course)

    assert requirements.sync() == 0


# --- Walls ----------------------------------------------------------------------------------------------


def test_who_sees_how_somebody_stands(
    asha, ben, chidi, hr, coordinator, lead, dpo, guardian, secretary, technical_admin, superuser, required
):
    requirements.sync()
    sees = []
    for by in (ben, asha, chidi, hr, coordinator, lead, dpo, guardian, secretary, technical_admin, superuser, None):
        with acting_as(by):
            sees.append(Required.objects.count())

    assert sees == [1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_whom_it_no_longer_concerns_is_seen_by_nobody(asha, ben, hr, required):
    requirements.sync()
    change(asha, line_manager_id=None)
    for by in (ben, hr):
        with acting_as(by):
            assert Required.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update training_required set done_on = current_date",
        "delete from training_required",
        "insert into training_required (requirement_id, person_id, since, due_on) values (1, 1, now(), now())",
        "truncate training_required",
    ],
)
def test_the_web_writes_none_of_it(statement, asha, ben, hr, required):
    requirements.sync()
    for by in (ben, hr):
        with pytest.raises(Exception, match="permission denied"), acting_as(by), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("purpose", [Purpose.EVENT, Purpose.CHAMPION, Purpose.REFRESHER])
def test_nothing_but_a_course_can_be_required_or_hr_would_read_who_comes(purpose, required):
    with pytest.raises(Exception, match="only a course can be required"), transaction.atomic():
        requirement(course("Roadshow", purpose=purpose))
    with pytest.raises(Exception, match="only a course can be required"), transaction.atomic():
        type(required.course).objects.filter(pk=required.course_id).update(purpose=purpose, valid_months=None)
