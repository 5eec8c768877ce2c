"""A small demonstration, loaded as `make run` loads the large one."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import clone_database
from wellbeing.demo import actions, workforce
from wellbeing.people.models import Person


def roster() -> list[tuple]:
    """Everybody on the roster, as far as it is invented."""
    fields = (
        "staff_number",
        "known_as",
        "last_name",
        "email",
        "rank_or_grade",
        "station__name",
        "joined",
        "work_phone",
    )
    return list(Person.objects.order_by("staff_number").values_list(*fields, "line_manager__staff_number"))


@contextmanager
def loaded_demo():
    """The demonstration with as few people as it can have; afterwards the token under VAR_DIR is that of before."""
    token = Path(settings.VAR_DIR, "demo-token")
    before = token.read_text()
    actions.load(number=workforce.SMALLEST, advance=lambda number: None)
    try:
        yield
    finally:
        token.write_text(before)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """One demonstration for a whole module."""
    with django_db_blocker.unblock(), loaded_demo():
        with django_db_blocker.block():
            yield
        clone_database()


@pytest.fixture
def demo(loaded_once, db):
    """What a test changes in the demonstration is undone after it."""
