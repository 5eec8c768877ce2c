"""Which column of a file is which field of a person."""

import re

from .reading import RosterFileError

# For each field what files call it, the best name first: where two columns fit, the better one is used.
NAMES = {
    "staff_number": (
        "staff number", "staff no", "staff num", "staff id", "employee number", "employee no", "employee id",
        "personnel number", "personnel no", "force number", "payroll number", "payroll no",
    ),
    "known_as": ("known as", "preferred name", "preferred first name", "first name", "forename", "given name"),
    "last_name": ("last name", "surname", "family name"),
    "email": ("email", "email address", "work email", "work email address", "mail"),
    "rank_or_grade": ("rank or grade", "rank grade", "rank", "grade"),
    "employment_type": ("employment type", "employee type", "staff type", "type of employment", "workforce type"),
    "station": ("station", "base station", "station name", "work location", "location", "place of work", "base"),
    "line_manager": (
        "line manager", "line manager staff no", "line manager staff number", "line manager number", "line manager no",
        "line manager id", "manager staff number", "manager staff no", "manager number", "manager id", "manager",
    ),
    "work_phone": (
        "work phone", "work phone number", "work telephone", "phone", "phone number", "telephone", "telephone number",
        "work mobile",
    ),
    "joined": ("joined", "start date", "date joined", "joining date", "date of joining", "join date"),
    "left": ("left", "leaving date", "date left", "leave date", "date of leaving", "end date", "termination date"),
}  # fmt: skip


def match(header: list[str]) -> dict[str, int]:
    """`{field: position}` for the columns of `header` that are known. Raises RosterFileError without staff numbers."""
    found = {field: place for field, names in NAMES.items() if (place := find(header, names)) is not None}
    if "staff_number" not in found:
        raise RosterFileError(
            "No column holds the staff number. The first row must name the columns, for example: "
            + ", ".join(names[0] for names in NAMES.values())
            + "."
        )
    return found


def unused(header: list[str], found: dict[str, int]) -> list[str]:
    """The names of the columns that are left out."""
    return [cell for position, cell in enumerate(header) if cell and position not in found.values()]


def find(header: list[str], names: tuple[str, ...]) -> int | None:
    """Where in `header` one of `names` stands, the best first; None where none does. Raises RosterFileError for two."""
    cells = [plain(cell) for cell in header]
    for name in map(plain, names):
        if cells.count(name) > 1:
            raise RosterFileError(f"Two columns are called “{header[cells.index(name)]}”. Take one of them away.")
        if name in cells:
            return cells.index(name)
    return None


def plain(name: str) -> str:
    """Without case, spaces and punctuation."""
    return re.sub(r"[\W_]", "", name).casefold()
