import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections
from django.db.utils import ProgrammingError
from django.test.testcases import DatabaseOperationForbidden
from django.test.utils import CaptureQueriesContext

from tests import production
from tests.databases import as_superuser, manage
from wellbeing.web.logins import require_login

NAME = f"odd_login_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture
def signs_in_as(transactional_db, monkeypatch):
    """`signs_in_as("SUPERUSER")`: from now on connections of the alias use a login made with these words."""
    with as_superuser() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {NAME}")

        def signs_in(words: str, *, alias: str = "default") -> None:
            cursor.execute(f"CREATE ROLE {NAME} LOGIN PASSWORD 'known' {words}")
            cursor.execute(f"GRANT CONNECT ON DATABASE {os.environ['DATABASE_NAME']} TO {NAME}")
            connections[alias].close()
            monkeypatch.setitem(connections[alias].settings_dict, "USER", NAME)
            monkeypatch.setitem(connections[alias].settings_dict, "PASSWORD", "known")

        yield signs_in
        connections.close_all()
        with as_superuser(os.environ["DATABASE_NAME"]) as inside:
            inside.execute(f"DROP OWNED BY {NAME}")  # the rights it was given there
        cursor.execute(f"DROP ROLE {NAME}")


@pytest.mark.parametrize(
    ("words", "power"),
    [
        ("SUPERUSER", "is a superuser"),
        ("BYPASSRLS", "row-level security"),
        ("IN ROLE wellbeing_owner", "owns tables"),
        ("IN ROLE wellbeing_backup", "row-level security"),
    ],
)
def test_a_login_above_the_walls_is_refused_on_every_try(signs_in_as, words, power):
    signs_in_as(words)

    for _ in range(2):
        with pytest.raises(ImproperlyConfigured, match=power):
            connection.ensure_connection()


def test_an_ordinary_login_is_let_in(signs_in_as):
    signs_in_as("IN ROLE wellbeing_app")

    connection.ensure_connection()


def test_looking_at_a_login_costs_one_query(transactional_db):
    with CaptureQueriesContext(connection) as asked:
        connection.close()
        connection.ensure_connection()

    assert len([query for query in asked if "rolbypassrls" in query["sql"]]) == 1


def test_the_check_for_operators_says_the_same(signs_in_as):
    call_command("check", databases=["default"])
    signs_in_as("SUPERUSER")

    with pytest.raises(SystemCheckError, match=r"web\.E001"):
        call_command("check", databases=["default"])


def test_a_process_with_another_login_than_its_own_does_not_start(settings):
    settings.DB_LOGIN = "owner"

    with pytest.raises(ImproperlyConfigured, match="must run with DB_LOGIN=app, not owner"):
        require_login("app")


# --- The second connection, to confidential text ----------------------------------------------------

with_vault = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def vaults(question: str) -> str:
    with connections["vault"].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@with_vault
def test_the_second_connection_is_the_readers_on_the_same_database():
    assert vaults("select current_user::text") == "wellbeing_reader"
    assert vaults("select current_database()::text") == os.environ["DATABASE_NAME"]


@with_vault
def test_what_it_asks_commits_by_itself_and_waits_two_seconds_for_a_lock():
    assert connections["vault"].get_autocommit()
    assert not connections["vault"].settings_dict["ATOMIC_REQUESTS"]
    assert vaults("show lock_timeout") == "2s"


@with_vault
def test_it_reads_no_table():
    for table in ("people_person", "django_session", "django_migrations"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            vaults(f"select count(*) from {table}")


def test_a_test_that_does_not_ask_for_it_does_not_reach_it(transactional_db):
    with pytest.raises((RuntimeError, DatabaseOperationForbidden)):
        vaults("select 1")


def grant(words: str) -> None:
    with as_superuser(os.environ["DATABASE_NAME"]) as cursor:
        cursor.execute(f"GRANT {words}")


@with_vault
@pytest.mark.parametrize(
    "right",
    [
        "SELECT ON people_person",
        "INSERT ON people_person",
        "SELECT (email) ON people_person",
        "DELETE ON people_person",
    ],
)
@pytest.mark.parametrize("whose", [NAME, "wellbeing_reader", "public"], ids=["its_own", "wellbeing_reader", "public"])
def test_a_vault_with_a_right_to_any_table_is_refused_on_every_try(signs_in_as, right, whose):
    signs_in_as("IN ROLE wellbeing_reader", alias="vault")
    connections["vault"].ensure_connection()
    connections["vault"].close()
    grant(f"{right} TO {whose}")

    for _ in range(2):
        with pytest.raises(ImproperlyConfigured, match=f"{NAME} has rights to tables"):
            connections["vault"].ensure_connection()


@with_vault
@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("SUPERUSER", "is a superuser"),
        ("BYPASSRLS", "row-level security"),
        ("IN ROLE wellbeing_app", "has rights to tables"),
        ("NOINHERIT IN ROLE wellbeing_worker", "has rights to tables"),
        ("IN ROLE pg_read_all_data", "has rights to tables"),
    ],
)
def test_a_vault_login_above_the_walls_is_refused(signs_in_as, words, refusal):
    signs_in_as(words, alias="vault")

    with pytest.raises(ImproperlyConfigured, match=refusal):
        connections["vault"].ensure_connection()


@with_vault
def test_what_an_extension_shows_to_everybody_is_no_right_to_our_tables():
    with as_superuser(os.environ["DATABASE_NAME"]) as cursor:
        cursor.execute("CREATE TABLE brought (id int); GRANT SELECT ON brought TO public")
        with pytest.raises(ImproperlyConfigured, match="rights to tables"):
            connections["vault"].ensure_connection()
        cursor.execute("ALTER EXTENSION plpgsql ADD TABLE brought")

    connections["vault"].ensure_connection()


@with_vault
def test_the_check_for_operators_looks_at_both_connections(capsys):
    call_command("check", databases=["default", "vault"])
    connections["vault"].close()
    grant("SELECT ON people_person TO wellbeing_reader")

    call_command("check", databases=["default"])
    with pytest.raises(SystemCheckError, match=r"web\.E001.*wellbeing_reader has rights to tables"):
        call_command("check", databases=["default", "vault"])


def test_the_check_in_a_process_of_its_own(transactional_db):
    assert "no issues" in manage("check", "--database", "default", "--database", "vault")


def test_nobody_migrates_the_second_connection(transactional_db):
    with pytest.raises(pytest.UsageError, match="permission denied"):
        manage("migrate", "--database", "vault", "--noinput")
    with pytest.raises(pytest.UsageError, match="invalid choice"):
        manage("migrate", "--database", "vault", "--noinput", DB_LOGIN="owner")


# --- The login that changes keys --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [manage, production.manage], ids=["demonstration", "real portal"])
def test_the_rotator_connects_although_it_may_read_nobody(asha, run):
    code = """
from django.db import ProgrammingError, connection
with connection.cursor() as cursor:
    cursor.execute("select current_user")
    print(cursor.fetchone()[0])
for table in ("people_person", "demo_marker"):
    try:
        connection.cursor().execute(f"select * from {table}")
    except ProgrammingError as refusal:
        print("denied" if "permission denied" in str(refusal) else refusal)
"""
    said = run("shell", "-v0", "-c", code, DB_LOGIN="rotator")

    assert getattr(said, "stdout", said).split() == ["wellbeing_rotator", "denied", "denied"]
