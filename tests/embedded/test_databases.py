"""The arrangement that all other tests stand on."""

import os

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.databases import manage
from wellbeing.people.models import Force


def answer(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_tests_sign_in_as_the_web_does(db):
    assert answer("SELECT current_user") == "wellbeing_app"


def test_the_web_login_makes_no_tables(db):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        answer("CREATE TABLE surprise (id int)")


@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_committed_is_gone_for_the_next(transactional_db, as_owner, time):
    Force.objects.all().delete()
    Force.objects.create(pk=1, name="Committed")
    as_owner.execute("SELECT count(*) FROM people_force")
    assert as_owner.fetchone()[0] == 1


def test_a_process_of_its_own_finds_the_same_database(transactional_db):
    said = manage("shell", "-v0", "-c", "from django.db import connection as c; print(c.settings_dict['NAME'])")
    assert said.strip() == os.environ["DATABASE_NAME"]


@pytest.mark.parametrize("time", [1, 2])
def test_the_cache_is_empty_at_the_start(time):
    assert cache.get("left-over") is None
    cache.set("left-over", time)
