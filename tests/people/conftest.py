import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from wellbeing.people import actions
from wellbeing.people.models import Person

DATA = Path(__file__).parent / "data"
STATIONS = [
    "Ashford", "Canterbury", "Coldharbour", "Dartford", "Deal", "Dover", "Faversham", "Folkestone",
    "Headquarters (Sutton Road)", "Herne Bay", "Lydd", "Maidstone", "Margate", "Medway (Gillingham)",
    "North Kent (Northfleet)", "Ramsgate", "Rochester", "Sevenoaks", "Sheerness", "Sittingbourne", "Swanley",
    "Tenterden", "Tonbridge", "Training College", "Tunbridge Wells",
]  # fmt: skip
HEADER = [
    "staff_number", "known_as", "last_name", "email", "rank_or_grade", "employment_type", "station", "line_manager",
    "work_phone", "joined", "left",
]  # fmt: skip


@pytest.fixture
def places(db):
    """The stations that the roster files name."""
    actions.add_places(by=None, places=[("East", "District", name) for name in STATIONS])


def line(number: int, **values) -> dict:
    """One good row of a roster file, with `values` in place of some of its cells."""
    row = {
        "staff_number": str(number),
        "known_as": f"Known{number}",
        "last_name": "Example",
        "email": f"person.{number}@force.example",
        "rank_or_grade": "PC",
        "employment_type": "officer",
        "station": "Ashford",
        "line_manager": "",
        "work_phone": "01622 690690",
        "joined": "2015-05-24",
        "left": "",
    }
    return row | values


def as_csv(rows: list[dict], header: list[str] = HEADER) -> bytes:
    """Rows as the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def import_roster(tmp_path, capsys, places):
    """Run `manage.py import_roster` on bytes, a path or rows; returns what it printed as JSON."""

    def run(source, *options: str) -> dict:
        file = source if isinstance(source, Path) else tmp_path / "roster.csv"
        if file is not source:
            file.write_bytes(source if isinstance(source, bytes) else as_csv(source))
        capsys.readouterr()
        call_command("import_roster", str(file), "--format", "json", *options)
        return json.loads(capsys.readouterr().out)

    return run


def person(number: int | str) -> Person:
    return Person.objects.get(staff_number=str(number))


def reasons(notes: list[dict]) -> dict[int, str]:
    """What was said about which row."""
    return {note["row"]: note["reason"] for note in notes}
