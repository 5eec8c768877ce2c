"""A force set up from nothing, with production settings, in a database that never saw the demonstration."""

import os
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests import production
from tests.databases import ROOT, as_superuser
from tests.factories.people import PersonFactory
from wellbeing.demo.models import Marker
from wellbeing.home import set_up
from wellbeing.people.models import Change, Division, Force, Person, RoleAssignment, Station
from wellbeing.support import shipped_guidance
from wellbeing.support.models import Guidance, Service

EXAMPLE = ROOT / "docs" / "example-force.toml"


@pytest.fixture
def example() -> dict:
    return tomllib.loads(EXAMPLE.read_text())


@pytest.fixture
def real(db):
    """A database that is not the demonstration's."""
    Marker.objects.all().delete()


def problems_of(given: dict, folder: Path = ROOT) -> list[str]:
    with pytest.raises(set_up.SetUpError) as refused:
        set_up.carry_out(set_up.read(given, folder))
    return refused.value.problems


def carry_out(given: dict) -> list[str]:
    return set_up.carry_out(set_up.read(given, ROOT))


# --- What it writes -------------------------------------------------------------------------------


def test_the_example_file_sets_up_a_force(real, example):
    said = carry_out(example)

    force = Force.objects.get()
    assert (force.name, force.division_word) == ("Example Constabulary", "area")
    assert set(Division.objects.values_list("name", flat=True)) == {"Coast", "Hills"}
    assert Station.objects.get(name="Market Square").division.name == "Hills"
    assert "HR roster admin: Hana Malik, who signs in as hana.malik@example.org." in said
    assert Person.objects.get(staff_number="1001").assigned_roles == {"hr"}
    assert Person.objects.get(staff_number="1001").station.name == "Market Square"
    assert RoleAssignment.objects.live().count() == 7
    assert set_up.without_holder() == []


def test_the_services_come_unverified(real, example):
    carry_out(example)

    assert Service.objects.filter(verified_on=None).count() == Service.objects.count() > 10


def test_guidance_comes_published_and_a_second_run_adds_none(real, example):
    first, second = carry_out(example), carry_out(example)

    shipped = len(shipped_guidance.pages())
    assert Guidance.objects.published().count() == shipped >= 18
    assert f"Guidance: {shipped} pages added. Name in the admin who keeps each right." in first
    assert any(sentence.startswith("Guidance: 0 pages added.") for sentence in second)


def test_every_step_stands_in_the_history(real, example):
    carry_out(example)

    assert Change.objects.filter(verb="named HR roster admin at set-up", by=None).count() == 1


def test_people_on_the_roster_already_are_not_made_twice(real, example):
    PersonFactory(staff_number="1001", email="hana.malik@example.org", known_as="Hanna")

    carry_out(example)

    assert Person.objects.get(staff_number="1001").known_as == "Hanna"
    assert Person.objects.get(staff_number="1001").assigned_roles == {"hr"}


def test_one_person_may_hold_two_roles_that_do_not_exclude_each_other(real, example):
    example["holders"]["secretary"] = example["holders"]["lead"]

    carry_out(example)

    assert Person.objects.get(staff_number="1002").assigned_roles == {"lead", "secretary"}


def test_places_can_come_from_a_file_beside_it(real, example, tmp_path):
    (tmp_path / "places.csv").write_text("division,district,station\nCoast,,Pier\n", encoding="utf-8-sig")
    example["places"] = "places.csv"
    del example["holders"]["hr"]["station"]

    set_up.carry_out(set_up.read(example, tmp_path))

    assert Station.objects.get().name == "Pier"


# --- A second run -----------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_what_is_there(real, example):
    carry_out(example)
    before = list(Change.objects.values_list("pk", flat=True))
    example["force"]["name"] = "Another Name"
    example["holders"]["hr"] |= {"staff_number": "2001", "email": "somebody.else@example.org"}

    said = carry_out(example)

    assert list(Change.objects.values_list("pk", flat=True)) == before
    assert Force.objects.get().name == "Example Constabulary"
    assert not Person.objects.filter(staff_number="2001").exists()
    assert "The force is set up already, as Example Constabulary: left as it is. Change it in the admin." in said
    assert "HR roster admin: has had a holder already. The next is proposed and approved in the admin." in said


def test_a_second_run_adds_what_was_left_out(real, example):
    dpo = example["holders"].pop("dpo")
    carry_out(example)
    assert set_up.without_holder() == ["Data protection officer"]
    example["holders"]["dpo"] = dpo
    example["places"].append({"division": "Hills", "district": "", "station": "Quarry"})

    said = carry_out(example)

    assert set_up.without_holder() == []
    assert "Stations: 1 added, 3 there already and left as they are." in said


# --- What it refuses: everything at once, in words, with nothing written ---------------------------------


def test_every_problem_is_said_at_once(real):
    given = {
        "force": {"name": " ", "contact_email": "nobody", "motto": "x"},
        "places": [{"division": "Coast", "station": "Pier"}, {"division": "", "station": "pier"}],
        "holders": {
            "hr": {"staff_number": "1", "known_as": "Hana", "last_name": "M", "email": "hana"},
            "dpo": {"staff_number": "1", "known_as": "Hana", "last_name": "M", "email": "hana"},
            "king": {},
        },
        "colour": "blue",
    }

    assert problems_of(given) == [
        "“colour” means nothing here.",
        "The force: “motto” means nothing here.",
        "The force: name is missing.",
        "The force: contact email “nobody” is not an e-mail address.",
        "Place 2: division is missing.",
        "The station “pier” is named twice: its name must be its own.",
        "HR roster admin: email “hana” is not an e-mail address.",
        "Data protection officer: email “hana” is not an e-mail address.",
        "“king” is no role that is assigned: those are hr, coordinator, secretary, lead, guardian, dpo, "
        "technical_admin.",
        "Wellbeing lead: name who holds this role first.",
        "Staff number 1 cannot be HR roster admin and Data protection officer: these roles are checks upon each other.",
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"places": []}, "The places: name at least one station."),
        ({"places": [{"division": "A", "station": "???"}]}, "“???” has no letter or digit"),
        ({"places": "nowhere.csv"}, "The places file nowhere.csv cannot be read"),
        ({"places": "docs/example-force.toml"}, "needs the columns division, district, station"),
        ({"places": ["Pier"]}, "Place 1: give its parts by name"),
        ({"places": 7}, "Place 1: give its parts by name"),
        ({"force": "Kent"}, "The force: give its parts by name"),
        ({"holders": "hr"}, "“holders” must name a role"),
        ({"force": {"name": "x" * 101}}, "The force: name is longer than 100 characters."),
    ],
)
def test_each_mistake_has_its_sentence(real, example, change, problem):
    assert any(problem in said for said in problems_of(example | change))


def test_two_people_cannot_share_a_number_or_an_address(real, example):
    example["holders"]["lead"]["email"] = example["holders"]["hr"]["email"]
    example["holders"]["dpo"]["staff_number"] = example["holders"]["guardian"]["staff_number"]

    said = problems_of(example)

    assert "The e-mail address hana.malik@example.org is given for two people, or for one written in two ways." in said
    assert "The staff number 1005 is given for two people, or for one written in two ways." in said


def test_what_the_roster_says_otherwise_is_refused_and_nothing_is_written(real, example):
    PersonFactory(staff_number="1001", email="someone@example.org")
    PersonFactory(staff_number="77", email="leo.campbell@example.org")
    PersonFactory(staff_number="1003", email="cora.lewis@example.org", left=date(2020, 1, 1))
    example["holders"]["dpo"]["station"] = "Nowhere"
    before = Person.objects.count()

    assert problems_of(example) == [
        "HR roster admin: staff number 1001 is on the roster already, with another e-mail address than "
        "hana.malik@example.org.",
        "Wellbeing lead: leo.campbell@example.org is on the roster already, with another staff number than 1002.",
        "Coordinator: staff number 1003 is on the roster as somebody who has left.",
        "Data protection officer: there is no station “Nowhere” among the places.",
    ]
    assert (Person.objects.count(), Force.objects.count(), Station.objects.filter(name="Pier").count()) == (
        before,
        0,
        0,
    )


def test_a_role_that_excludes_one_held_already_is_refused(real, example):
    dpo = example["holders"].pop("dpo")
    carry_out(example)
    example["holders"]["dpo"] = dpo | example["holders"]["hr"]

    assert any("roles are checks upon each other" in problem for problem in problems_of(example))
    del example["holders"]["hr"]
    example["holders"]["hr"] = dpo
    assert any("already holds a role that excludes this one" in problem for problem in problems_of(example))


def test_a_demonstrations_database_takes_no_real_force(db, example):
    assert problems_of(example) == [
        "This database holds the invented people of the demonstration: set up a force in a new one."
    ]


# --- The command, end to end ---------------------------------------------------------------------------------


@contextmanager
def database(name: str, template: str):
    with as_superuser() as cursor:
        cursor.execute(f"CREATE DATABASE {name} OWNER wellbeing_owner TEMPLATE {template}")
        yield name
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def migrated(django_db_setup):
    with database(f"migrated_{os.environ['DATABASE_NAME']}", "wellbeing") as name:
        done = production.manage("migrate", "--noinput", "--verbosity", "0", DB_LOGIN="owner", DATABASE_NAME=name)
        assert done.returncode == 0, done.stderr
        yield name


@pytest.fixture
def fresh(migrated):
    """A database that has seen migrations with production settings, and nothing else."""
    with database(f"fresh_{os.environ['DATABASE_NAME']}", migrated) as name:
        yield name


SIGN_IN = """
import re
from pathlib import Path
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "wellbeing.force.example"})
client.post("/account/login/code/", {"email": "hana.malik@example.org"}, secure=True)
[mail] = Path(settings.EMAIL_FILE_PATH).glob("*.log")
text = mail.read_text().split("\\n\\n", 1)[1]
code = re.search(r"^\\s*([A-Z0-9]{4}-?[A-Z0-9]{2,4})\\s*$", text, re.M)[1]
client.post("/account/login/code/confirm/", {"code": code}, secure=True)
home = client.get("/", secure=True)
print(home.status_code, home.wsgi_request.user, *home.wsgi_request.user.assigned_roles)
"""


def test_from_an_empty_database_to_hr_signed_in(fresh, tmp_path):
    known = {"DATABASE_NAME": fresh, "EMAIL_URL": f"filemail:///{tmp_path}/mail"}

    done = production.manage("set_up_force", str(EXAMPLE), **known)
    signed_in = production.python(SIGN_IN, **known)

    assert done.returncode == 0, done.stderr
    assert f"They sign in at {production.ADDRESS}/account/login/code/" in done.stdout
    assert signed_in.stdout == "200 Hana Malik hr\n", signed_in.stderr


ANSWERS = """Typed Constabulary


not an address



Coast, Harbour
Coast, Harbour, Pier

2001
Hana
Malik
hana@example.org



2002
Leo
Campbell
leo@example.org



"""


def answered(database_name: str, answers: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "set_up_force"],
        env=production.environment(DATABASE_NAME=database_name),
        cwd=ROOT,
        input=answers,
        capture_output=True,
        text=True,
    )


def test_the_same_by_answering_questions(fresh):
    done = answered(fresh, ANSWERS)

    assert "contact email “not an address” is not an e-mail address" in done.stderr
    assert "Write three parts with commas between them" in done.stderr
    assert "Wellbeing lead: Leo Campbell, who signs in as leo@example.org." in done.stdout
    assert "Nobody is yet: Coordinator, Forum secretary, Guardian" in done.stdout


def test_answers_that_end_too_early_write_nothing(fresh):
    done = answered(fresh, ANSWERS.partition("2002")[0])

    assert "nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert "The force: Typed Constabulary." in answered(fresh, ANSWERS).stdout


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "force.toml").write_text("force = [")

    for path in ("force.toml", "absent.toml"):
        done = production.manage("set_up_force", str(tmp_path / path))
        assert "cannot be read" in done.stderr
        assert "Traceback" not in done.stderr
