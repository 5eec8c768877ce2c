"""Real Postgres and Valkey under the tests, started once and thrown away.

The process that pytest was called in starts them; xdist's workers inherit its environment. Each
process has a database, a Valkey number and a VAR_DIR of its own. One template database is migrated
by the owner; every test database is a clone of it. The tests sign in as the web does
(`wellbeing_app`), so that a right which the web lacks is missing here too.
"""

import atexit
import logging
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg2
import pytest
import redis

from tests import quicker
from wellbeing import embedded
from wellbeing.embedded import folders, postgres

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "template_of_tests"
DEMO_TOKEN = "tests"
DECIDED_HERE = ("DATABASE_", "REDIS_URL", "EMAIL_URL", "OIDC_", "ALLOWED_HOSTS", "DB_LOGIN", "PORT", "VAULT_")

_running = ExitStack()


def start() -> None:
    """Makes this process ready to import models: servers, environment, Django. Once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        logging.getLogger("wellbeing.embedded").setLevel(logging.WARNING)
        atexit.register(_running.close)  # should pytest itself fail before its end
        _start_servers()
    _choose_own(worker or "main")

    import django
    from django.test import TransactionTestCase

    os.environ["DJANGO_SETTINGS_MODULE"] = "wellbeing.settings"
    django.setup()
    # An xdist worker that inherited this would import the settings before its own start().
    del os.environ["DJANGO_SETTINGS_MODULE"]
    TransactionTestCase._fixture_teardown = lambda test: clone_database()
    quicker.prepare()


def pytest_unconfigure() -> None:
    _running.close()


def _start_servers() -> None:
    for name in list(os.environ):
        if name.startswith(DECIDED_HERE):
            del os.environ[name]
    base = _running.enter_context(folders.short_folder())
    os.environ |= _running.enter_context(embedded.servers(base / "var", throwaway=True))
    os.environ |= {"TESTS_FOLDER": str(base / "var"), "DEMO": "1"}
    manage("collectstatic", "--noinput", VAR_DIR=str(base / "var"))


def _choose_own(worker: str) -> None:
    folder = Path(os.environ["TESTS_FOLDER"], worker)
    folder.mkdir()
    (folder / "static").symlink_to("../static")
    (folder / "demo-token").write_text(DEMO_TOKEN)
    number = int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 0
    os.environ |= {
        "VAR_DIR": str(folder),
        "DATABASE_NAME": f"test_{worker}",
        "REDIS_URL": f"{os.environ['REDIS_URL'].partition('?')[0]}?db={number}",
    }


def manage(*arguments: str, **environment: str) -> str:
    """What `manage.py` prints, run with this process's servers; fails the tests if it fails."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=os.environ | environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise pytest.UsageError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


# --- Databases ------------------------------------------------------------------------------------


@contextmanager
def as_superuser(database: str = "postgres"):
    """A cursor of Postgres's own superuser, to arrange what no login of the portal may."""
    connection = postgres.connect_as_superuser(Path(os.environ["DATABASE_HOST"]), database)
    try:
        yield connection.cursor()
    finally:
        connection.close()


@contextmanager
def the_worker():
    """Within the block the portal's code in this process has the worker's login. For tests with `transaction=True`."""
    from django.db import connection

    connection.close()
    login = {"USER": "wellbeing_worker", "PASSWORD": os.environ["DATABASE_PASSWORD_WORKER"]}
    with patch.dict(connection.settings_dict, login):
        yield
        connection.close()


@contextmanager
def undone():
    """What the block writes is taken back at its end, so that one test asks the same of many."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def clone_database() -> None:
    """This process's database, made anew from the template: about 50 ms, where its files are in memory.

    The file that the services were copied to goes with it, or the next test's pages would show them.
    """
    from django.db import connections

    connections.close_all()
    name = os.environ["DATABASE_NAME"]
    with as_superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} OWNER wellbeing_owner TEMPLATE {TEMPLATE} STRATEGY file_copy")
    Path(os.environ["VAR_DIR"], "support_services.json").unlink(missing_ok=True)


def _make_template() -> None:
    """Migrated by whichever process comes first; the others wait for it."""
    with as_superuser() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1)")
        cursor.execute("SELECT datallowconn FROM pg_database WHERE datname = %s", [TEMPLATE])
        if (found := cursor.fetchone()) == (False,):
            return
        if found is None:
            cursor.execute(f"CREATE DATABASE {TEMPLATE} OWNER wellbeing_owner TEMPLATE wellbeing")
        manage("migrate", "--noinput", "--skip-checks", DB_LOGIN="owner", DATABASE_NAME=TEMPLATE)
        _mark_as_demo()
        cursor.execute(f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")


def _mark_as_demo() -> None:
    """The tests run as a demonstration, which refuses every database but its own."""
    with as_superuser(TEMPLATE) as cursor:
        cursor.execute("INSERT INTO demo_marker VALUES (1, %s, 0, now())", [DEMO_TOKEN])


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """In place of pytest-django's: our clone instead of Django's test database."""
    _make_template()
    clone_database()


@pytest.fixture
def as_owner(transactional_db):
    """A cursor of wellbeing_owner on this test's database, which sees what is committed."""
    connection = psycopg2.connect(
        host=os.environ["DATABASE_HOST"],
        dbname=os.environ["DATABASE_NAME"],
        user="wellbeing_owner",
        password=os.environ["DATABASE_PASSWORD_OWNER"],
    )
    connection.autocommit = True
    yield connection.cursor()
    connection.close()


@pytest.fixture(autouse=True)
def empty_broker():
    """No test finds messages, locks or rate limits of the one before."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushdb()
