"""No demo code runs with production settings, and no demonstration with a production's."""

import pytest

from tests import production

PACKAGE = ("wellbeing.demo", "wellbeing.demo.views", "wellbeing.demo.cast", "wellbeing.demo.actions")


@pytest.mark.parametrize("module", PACKAGE)
def test_demo_code_cannot_be_imported_by_a_real_portal(module):
    done = production.python(f"import {module}")

    assert done.returncode != 0
    assert "ImproperlyConfigured: The demonstration's code does not run in a real portal" in done.stderr


@pytest.fixture
def real_database(as_owner):
    """The test's database without the mark by which the demonstration knows its own."""
    as_owner.execute("DELETE FROM demo_marker")


def test_a_real_portal_does_not_open_the_demonstration_s_database(transactional_db):
    done = production.python("from wellbeing.people.models import Person\nprint(Person.objects.count())")

    assert done.returncode != 0
    assert done.stdout == ""
    assert "holds the invented people of the demonstration" in done.stderr


def test_nor_does_its_owner_change_tables_there_and_the_check_says_why(transactional_db):
    assert production.manage("migrate", DB_LOGIN="owner").returncode != 0
    checked = production.manage("check", "--database", "default")
    assert "web.E001" in checked.stderr
    assert "holds the invented people of the demonstration" in checked.stderr


def test_a_real_portal_opens_its_own(real_database):
    done = production.python("from wellbeing.people.models import Person\nprint(Person.objects.count())")

    assert done.stdout == "0\n", done.stderr


@pytest.mark.parametrize("address", ["/demo/", "/demo/sign-in/", "/demo/mailbox/"])
def test_a_real_portal_has_no_demo_pages(address, real_database):
    done = production.python(
        "from django.test import Client\n"
        "client = Client(headers={'host': 'wellbeing.force.example'})\n"
        f"answers = [client.get('{address}', secure=True), client.post('{address}', {{'as': 'hr'}}, secure=True)]\n"
        "for answer in answers: print(answer.status_code, answer.wsgi_request.user.is_authenticated)\n"
    )

    assert done.stdout.splitlines() == ["404 False", "404 False"], done.stderr


@pytest.mark.parametrize("command", ["demo_data", "demo_cast"])
def test_a_real_portal_has_no_demo_commands(command):
    done = production.manage(command)

    assert done.returncode != 0
    assert f"Unknown command: '{command}'" in done.stderr


def test_a_real_portal_does_not_believe_a_demo_sign_in(transactional_db):
    done = production.python(
        "from types import SimpleNamespace\n"
        "from django.contrib.auth.models import AnonymousUser\n"
        "from wellbeing.web import assurance\n"
        "request = SimpleNamespace(session={assurance.KEY: assurance.DEMO}, user=AnonymousUser())\n"
        "print(assurance.is_assured(request))\n"
    )

    assert done.stdout == "False\n", done.stderr


@pytest.mark.parametrize(
    "real",
    [
        {"PORTAL_URL": "https://wellbeing.force.example", "EMAIL_URL": ""},
        {"PORTAL_URL": "HTTPS://wellbeing.force.example", "EMAIL_URL": ""},
        {"PORTAL_URL": "http://localhost", "EMAIL_URL": "smtp://mail.force.example"},
        {"PORTAL_URL": "http://localhost", "EMAIL_URL": "", "OIDC_SERVER_URL": "https://login.force.example"},
    ],
    ids=["https", "https in capitals", "a mail server", "an identity provider"],
)
def test_a_demonstration_does_not_start_with_settings_of_a_real_portal(real):
    done = production.python("", DEMO="1", **real)

    assert done.returncode != 0
    assert "DEMO=1 lets anybody sign in as anybody" in done.stderr


def test_what_is_switched_on_is_only_the_word_for_yes():
    done = production.python("from django.conf import settings; print(settings.DEMO)", DEMO="0")

    assert done.stdout == "False\n", done.stderr


def test_a_real_portal_does_not_start_without_https():
    done = production.python("", PORTAL_URL="http://localhost")

    assert "PORTAL_URL must start with https" in done.stderr
