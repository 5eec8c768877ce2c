"""A demonstration works on its own database and on no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.databases import ROOT
from wellbeing.demo import actions, ownership, workforce
from wellbeing.demo.models import Marker
from wellbeing.people.models import Person

PAGES = ["/demo/", "/demo/mailbox/"]


@pytest.fixture
def not_ours(asha):
    """A database with people in it whom the demonstration did not invent."""
    Marker.objects.all().delete()


@pytest.fixture
def another_token(asha):
    """The database of a demonstration that has another VAR_DIR."""
    Marker.objects.update(token="another demonstration's")


@pytest.fixture(params=["not_ours", "another_token"])
def foreign(request):
    request.getfixturevalue(request.param)


@pytest.mark.parametrize("address", PAGES)
def test_the_demo_pages_say_that_this_is_not_their_database(client, foreign, address):
    answer = client.get(address)

    assert answer.status_code == 503
    assert "not the demonstration&#x27;s own database" in answer.content.decode()


def test_nobody_signs_in_on_a_foreign_database(client, foreign, asha):
    Person.objects.filter(pk=asha.pk).update(staff_number="500000")

    answer = client.post("/demo/sign-in/", {"as": "staff"})

    assert answer.status_code == 503
    assert "_auth_user_id" not in client.session


def test_no_demo_data_come_into_a_foreign_database(foreign):
    with pytest.raises(CommandError, match="not the demonstration's own database"):
        call_command("demo_data")
    assert Person.objects.count() == 2


def test_the_cast_is_not_told_on_a_foreign_database(foreign):
    with pytest.raises(CommandError):
        call_command("demo_cast")


def test_data_are_loaded_into_an_empty_database_only(not_ours):
    with pytest.raises(ownership.NotOurDatabaseError):
        actions.load(number=workforce.SMALLEST, advance=lambda number: None)


@pytest.mark.django_db(transaction=True)
def test_no_page_but_the_urgent_one_opens_on_a_foreign_database(asha, as_owner):
    as_owner.execute("DELETE FROM demo_marker")
    connection.close()
    client = Client(raise_request_exception=False)

    assert client.get("/").status_code == 503
    assert client.get("/demo/").status_code == 503
    assert client.get("/livez/").status_code == 503
    assert client.get("/urgent/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_neither_migrations_nor_commands_run_on_a_foreign_database(asha, as_owner):
    as_owner.execute("DELETE FROM demo_marker")

    for login, *command in [("owner", "migrate", "--skip-checks"), ("app", "demo_data")]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=os.environ | {"DB_LOGIN": login},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode != 0
        assert ownership.REFUSAL in done.stderr


def test_without_the_file_the_database_is_not_ours(client, asha):
    token = Path(settings.VAR_DIR, "demo-token")
    kept = token.rename(token.with_name("kept"))
    try:
        assert client.get("/demo/").status_code == 503
    finally:
        kept.rename(token)
