"""The demonstration is invented, and yet the same each time: whoever shows it knows whom they will meet."""

from champions.models import Champion
from tests.databases import clone_database
from tests.demo.fixtures import loaded_demo, roster


def champions() -> list[tuple]:
    fields = ("id", "person__staff_number", "by_day", "by_night", "about_me", "state", "show_phone")
    return list(Champion.objects.order_by("pk").values_list(*fields))


def test_the_same_people_are_invented_every_time(transactional_db):
    with loaded_demo():
        before = roster(), champions()
    clone_database()
    with loaded_demo():
        assert (roster(), champions()) == before
