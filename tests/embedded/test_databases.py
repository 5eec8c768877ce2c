"""The arrangement that all other tests stand on."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError


def login() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_tests_sign_in_as_the_web_does(db):
    assert login() == "wellbeing_app"


def test_the_web_login_makes_no_tables(db):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE surprise (id int)")
