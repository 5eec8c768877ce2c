"""What the database refuses, whatever the code above it does."""

import re
import threading
from datetime import date

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.people import PersonFactory, the_force
from wellbeing import roles
from wellbeing.people import refusals, sql
from wellbeing.people.models import Change, Division, Force, Person, RoleAssignment, RosterImport, Station
from wellbeing.people.models.roster_import import ImportState


def refused(constraint: str):
    """A block that the database refuses by this constraint, at its end if it is a deferred one."""
    return _Refused(constraint)


class _Refused:
    def __init__(self, constraint):
        self.constraint = constraint

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, error, trace):
        if error is None:
            try:
                refusals.check_now()
            except IntegrityError as found:
                kind, error, trace = type(found), found, found.__traceback__
        self.atomic.__exit__(kind, error, trace)
        assert isinstance(error, IntegrityError), f"{self.constraint} let it pass"
        assert self.constraint in str(error)
        return True


# --- People -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("email_lower_case", {"email": "Asha@force.example"}),
        ("staff_number_in_capitals", {"staff_number": "sc42"}),
        ("left_after_joined", {"joined": date(2020, 1, 2), "left": date(2020, 1, 1)}),
        ("one_line_manager", {"line_manager_outside": "Another force"}),
    ],
)
def test_a_row_that_cannot_be(asha, constraint, values):
    with refused(constraint):
        Person.objects.filter(pk=asha.pk).update(**values)


def test_two_people_with_one_address(asha, ben):
    with refused("email_once"):
        Person.objects.filter(pk=asha.pk).update(email=ben.email)


def test_two_people_with_one_staff_number(asha, ben):
    with refused("people_person_staff_number"):
        Person.objects.filter(pk=asha.pk).update(staff_number=ben.staff_number)


def test_two_people_may_exchange_addresses_in_one_transaction(asha, ben):
    with transaction.atomic():
        Person.objects.filter(pk=asha.pk).update(email=ben.email)
        Person.objects.filter(pk=ben.pk).update(email=asha.email)
        refusals.check_now()


def test_somebody_who_manages_themselves(asha):
    with refused("nobody_manages_themselves"):
        Person.objects.filter(pk=asha.pk).update(line_manager=asha)


@pytest.mark.parametrize("length", [2, 3, 10])
def test_a_circle_of_managers(length, station):
    people = [PersonFactory(station=station)]
    for _ in range(length - 1):
        people.append(PersonFactory(station=station, line_manager=people[-1]))

    with refused("no_manager_cycle"):
        Person.objects.filter(pk=people[0].pk).update(line_manager=people[-1])


def test_a_circle_among_people_who_are_all_new(station):
    first, second = Person.objects.take_keys(2)
    with refused("no_manager_cycle"):
        Person.objects.bulk_create(
            Person(pk=key, staff_number=str(key), email=f"{key}@force.example", station=station, line_manager_id=other)
            for key, other in ((first, second), (second, first))
        )


# --- Places -------------------------------------------------------------------------------------------


def test_a_second_force(db):
    the_force()
    with refused("only_one_force"):
        Force.objects.create(pk=2, name="Another")


def test_a_division_or_station_of_the_same_name_in_capitals(station):
    with refused("division_name_once"):
        Division.objects.create(name=station.division.name.upper(), slug="other")
    with refused("station_name_once"):
        Station.objects.create(name=station.name.upper(), slug="other", division=station.division)


# --- Roles --------------------------------------------------------------------------------------------


def role(person, name="secretary", **values) -> RoleAssignment:
    return RoleAssignment.objects.create(**{"person": person, "role": name, "from_set_up": True, **values})


def test_a_role_without_a_proposer(asha):
    with refused("role_has_a_proposer"):
        role(asha, from_set_up=False)


def test_a_role_in_force_without_an_approver(asha, ben):
    with refused("role_has_an_approver"):
        role(asha, from_set_up=False, proposed_by=ben, approved_at=timezone.now())


def test_a_role_approved_by_its_proposer(asha, ben):
    with refused("role_needs_two_people"):
        role(asha, from_set_up=False, proposed_by=ben, approved_by=ben, approved_at=timezone.now())


def test_a_role_for_oneself(asha, ben):
    with refused("role_not_from_oneself"):
        role(asha, from_set_up=False, proposed_by=asha)
    with refused("role_not_from_oneself"):
        role(asha, from_set_up=False, proposed_by=ben, approved_by=asha, approved_at=timezone.now())


def test_a_role_that_ends_before_it_starts(asha):
    with refused("role_ends_after_it_starts"):
        role(asha, starts=date(2026, 1, 2), ends=date(2026, 1, 1))


@pytest.mark.parametrize("second", [name for name in roles.EXCLUSIVE if name != "hr"])
def test_roles_that_exclude_each_other(asha, second):
    role(asha, "hr", starts=date(2026, 1, 1), ends=date(2026, 6, 1))

    with refused("roles_exclude"):
        role(asha, second, starts=date(2026, 5, 31))
    role(asha, second, starts=date(2026, 6, 1))


def test_a_role_moved_into_the_time_of_one_that_excludes_it(asha):
    role(asha, "hr", starts=date(2026, 1, 1), ends=date(2026, 6, 1))
    other = role(asha, "dpo", starts=date(2026, 6, 1))

    with refused("roles_exclude"):
        RoleAssignment.objects.filter(pk=other.pk).update(starts=date(2026, 5, 1))


def test_the_database_and_the_page_of_roles_exclude_the_same():
    for names in re.findall(r"IN \(([^)]+)\)", sql.ROLES_EXCLUDE):
        assert set(re.findall(r"'(\w+)'", names)) == set(roles.EXCLUSIVE)


# --- History ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_change SET verb = 'nothing'",
        "UPDATE people_change SET details = '{}'",
        "UPDATE people_change SET at = now()",
        "DELETE FROM people_change",
        "TRUNCATE people_change",
    ],
)
def test_history_is_not_edited_by_the_web(asha, statement):
    assert Change.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- Imports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("import_state_known", {"state": "odd"}),
        ("import_confirmed_after_preview", {"state": ImportState.APPLYING, "preview": None}),
        ("import_confirmed_after_preview", {"state": ImportState.PREVIEWED, "preview": None}),
        ("import_has_its_file", {"state": ImportState.CHECKING, "file": None}),
        ("import_has_its_file", {"state": ImportState.APPLYING, "file": None}),
        ("import_applied_at_a_time", {"state": ImportState.APPLIED, "applied_at": None}),
        ("import_applied_at_a_time", {"state": ImportState.PREVIEWED, "applied_at": "2026-01-01T00:00Z"}),
        ("import_undone_at_a_time", {"state": ImportState.UNDONE, "applied_at": "2026-01-01T00:00Z"}),
        ("import_undone_at_a_time", {"undone_at": "2026-01-01T00:00Z"}),
        ("import_undone_while_it_can_be", {"state": ImportState.UNDOING, "applied_at": "2026-01-01T00:00Z"}),
        ("import_failed_for_a_reason", {"state": ImportState.FAILED}),
    ],
)
def test_an_import_that_stands_nowhere(db, constraint, values):
    row = RosterImport.objects.create(file=b"x", file_name="x", size=1, sha256="x", preview={})

    with refused(constraint):
        RosterImport.objects.filter(pk=row.pk).update(**values)


# --- Two at once ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_connections_that_each_write_half_of_a_circle():
    asha, ben = PersonFactory(), PersonFactory()
    both_have_written = threading.Barrier(2)
    outcomes = []

    def write(person, manager):
        settings = connection.settings_dict
        link = psycopg2.connect(
            host=settings["HOST"], dbname=settings["NAME"], user=settings["USER"], password=settings["PASSWORD"]
        )
        link.cursor().execute("UPDATE people_person SET line_manager_id = %s WHERE id = %s", [manager, person])
        both_have_written.wait()
        try:
            link.commit()
            outcomes.append("stands")
        except psycopg2.errors.CheckViolation as error:
            outcomes.append(error.diag.constraint_name)
        finally:
            link.close()

    threads = [threading.Thread(target=write, args=pair) for pair in ((asha.pk, ben.pk), (ben.pk, asha.pk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["no_manager_cycle", "stands"]
    assert Person.objects.filter(line_manager__isnull=False).count() == 1


def test_the_sentences_are_about_constraints_that_exist(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        known = {name for (name,) in cursor.fetchall()}
    by_trigger = {"no_manager_cycle", "roles_exclude", "link_not_by_own_hand", "requirement_is_of_a_course"}
    by_trigger |= {"past_event_stays_past", "course_stays_what_it_is", "statement_stands"}

    assert set(refusals._SENTENCES) - by_trigger <= known
