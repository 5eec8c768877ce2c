"""What is over goes, and what must stand does while the database is away."""

import re

import pytest
from django.db import connections
from django.test import Client

from tests.databases import as_superuser, the_worker
from tests.outages import database_away
from wellbeing.plan_door import retiring

from .conftest import is_in, sent

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("letter", "entry", "mailcode", "notice", "try")


def rows() -> dict[str, int]:
    with as_superuser(connections["default"].settings_dict["NAME"]) as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"select count(*) from plan_door_{table}")
            found[table] = cursor.fetchone()[0]
        return found


def months_pass() -> None:
    with as_superuser(connections["default"].settings_dict["NAME"]) as cursor:
        cursor.execute("update plan_door_letter set used_at = used_at - interval '60 days'")
        cursor.execute("update plan_door_mailcode set made_at = made_at - interval '2 days'")
        cursor.execute("update plan_door_notice set made_at = made_at - interval '4 days'")
        cursor.execute("update plan_door_try set at = at - interval '2 days'")


def purge() -> int:
    with the_worker():
        return retiring.purge(before=retiring.over_before(None))


def test_letters_codes_words_and_tries_go_when_they_are_over_and_the_way_in_stays(outside):
    before = rows()
    assert all(before.values())
    assert purge() == 0
    months_pass()

    assert purge() == sum(before.values()) - before["entry"]
    assert rows() == dict.fromkeys(TABLES, 0) | {"entry": 1}
    assert is_in(outside)


def test_a_letter_of_somebody_under_legal_hold_stays(outside, asha):
    months_pass()
    type(asha).objects.filter(pk=asha.pk).update(legal_hold=True)
    purge()

    assert rows()["letter"] == 1


def test_while_the_database_is_away_the_numbers_stand_and_the_rest_says_so_inside(outside):
    outside.raise_request_exception = False
    with database_away():
        urgent, other = outside.get("/my-plan/urgent/"), outside.get("/my-plan/who-looked/")

    assert (urgent.status_code, other.status_code) == (200, 503)
    for page in (urgent, other):
        assert "tel:999" in page.content.decode()
        assert not re.search(r'href="/(?!my-plan/|static/)', page.content.decode())


def test_a_mail_that_waited_too_long_is_not_sent(outside, asha):
    sent()
    Client().post("/my-plan/enter/", {"staff_number": asha.staff_number})
    months_pass()

    assert sent() == []
