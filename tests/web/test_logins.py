import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.databases import as_superuser
from wellbeing.web.logins import require_login

NAME = f"odd_login_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture
def signs_in_as(transactional_db, monkeypatch):
    """`signs_in_as("SUPERUSER")`: from now on the web's connections use a login made with these words."""
    with as_superuser() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {NAME}")

        def signs_in(words: str) -> None:
            cursor.execute(f"CREATE ROLE {NAME} LOGIN PASSWORD 'known' {words}")
            cursor.execute(f"GRANT CONNECT ON DATABASE {os.environ['DATABASE_NAME']} TO {NAME}")
            connection.close()
            monkeypatch.setitem(connection.settings_dict, "USER", NAME)
            monkeypatch.setitem(connection.settings_dict, "PASSWORD", "known")

        yield signs_in
        connection.close()
        cursor.execute(f"DROP OWNED BY {NAME}")
        cursor.execute(f"REVOKE ALL ON DATABASE {os.environ['DATABASE_NAME']} FROM {NAME}")
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
