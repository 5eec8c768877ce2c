"""A whole force in one file."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wellbeing.people.models import Person

from .conftest import line


def workforce(size: int) -> list[dict]:
    """People in a tree: everybody but the first is managed by somebody above."""
    return [line(500_000 + n, line_manager=str(500_000 + n // 8) if n else "") for n in range(size)]


def queries_of(import_roster, size: int) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        import_roster(workforce(size), "--confirm")
    return len(queries)


def test_a_bigger_file_takes_more_queries_only_by_the_thousand_rows(import_roster):
    small, large = queries_of(import_roster, 100), queries_of(import_roster, 3_100)

    # For each further thousand: one insert of people, one of their history.
    assert large - small <= 3 * 3


@pytest.mark.slow
def test_ten_thousand_rows_are_imported_changed_and_left_alone(import_roster):
    began = time.monotonic()
    rows = workforce(10_000)
    assert import_roster(rows, "--confirm", "--full")["new"] == 10_000
    assert time.monotonic() - began < 60

    assert import_roster(rows, "--confirm", "--full")["unchanged"] == 10_000

    for row in rows:
        row["station"] = "Deal"
    assert import_roster(rows, "--confirm", "--full")["changed"] == 10_000
    assert Person.objects.filter(station__name="Deal").count() == 10_000
