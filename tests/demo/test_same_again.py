"""The demonstration is invented, and yet the same each time: whoever shows it knows whom they will meet."""

from champions.models import Champion
from tests.databases import clone_database
from tests.demo.fixtures import loaded_demo, roster


def champions() -> list[tuple]:
    """Everybody's entry; of those whom the directory shows the key too, which decides their order there."""
    fields = ("person__staff_number", "by_day", "by_night", "about_me", "state", "show_phone")
    entries = Champion.objects.order_by("person__staff_number")
    return [*entries.values_list(*fields), *entries.listed().values_list("pk", "person__staff_number")]


def test_the_same_people_are_invented_every_time(transactional_db):
    with loaded_demo():
        before = roster(), champions()
    clone_database()
    with loaded_demo():
        assert (roster(), champions()) == before
