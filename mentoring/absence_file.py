"""From the bytes of HR's file of absences to its dates: four columns, and no other is looked at.

A column that may hold a reason is refused by its name: nothing of it leaves this module.
"""

import re
from dataclasses import dataclass, field

from wellbeing.people.roster import columns, reading
from wellbeing.people.roster.reading import RosterFileError

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000  # half a minute of a page
COLUMNS = {
    "staff_number": columns.NAMES["staff_number"],
    "first_day": (
        "first day", "first day of absence", "first day absent", "first day away", "absence start date",
        "absence start", "absent from", "away from", "start date", "start", "from", "date from",
    ),
    "expected_back": (
        "expected back", "expected back on", "expected return", "expected return date", "expected date of return",
        "anticipated return", "anticipated return date", "due back", "likely return date",
    ),
    "back_on": (
        "back on", "first day back", "back", "return date", "date of return", "date returned", "returned",
        "returned on", "actual return date", "return to work date", "rtw date",
    ),
}  # fmt: skip
_NEEDED = ("staff_number", "first_day")
# Whatever says why, in a column's name: a reason, a diagnosis, a fit note, or a box into which such things are typed.
_SAYS_WHY = re.compile(
    r"reason|diagnos|illness|sick(ness)?(type|category|code|detail|description)|absence(type|category|code)|symptom"
    r"|condition|medica|medicin|med3|fitnote|sicknote|note|statement|certif|doctor|\bgp\b|gpname|treatment|injur|disab"
    r"|pregnan|cause|category|comment|remark|detail|description|stress|occupationalhealth|health"
)


@dataclass(frozen=True)
class Line:
    """One row of the file: its number as a spreadsheet shows it, and the text of its four cells."""

    number: int
    staff_number: str
    first_day: str
    expected_back: str = ""
    back_on: str = ""

    @property
    def cells(self) -> list[str]:
        return [self.staff_number, self.first_day, self.expected_back, self.back_on]


@dataclass(frozen=True)
class AbsenceFile:
    """What is taken from a file; the names of columns that were refused, and of those that were not needed."""

    lines: list[Line]
    refused: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def read(data: bytes) -> AbsenceFile:
    """The dates in a CSV or XLSX file. Raises RosterFileError, in a sentence, for a file that cannot be used."""
    if len(data) > MAX_BYTES:
        raise RosterFileError(
            f"The file has more than the {MAX_BYTES // 1024 // 1024} MB that can be read. "
            "Save the sheet with the dates alone, as CSV."
        )
    sheet = reading.read(data)
    if len(sheet.rows) > MAX_ROWS:
        raise RosterFileError(f"The file has more than {MAX_ROWS:,} rows.")
    places = _places(sheet.header)
    refused = [name for place, name in enumerate(sheet.header) if place not in places.values() and says_why(name)]
    others = columns.unused(sheet.header, places)
    lines = [_line(row, places) for row in sheet.rows]
    return AbsenceFile([line for line in lines if any(line.cells)], refused, [n for n in others if n not in refused])


def says_why(name: str) -> bool:
    """Whether a column of this name may hold why somebody is away."""
    return bool(_SAYS_WHY.search(columns.plain(name)))


def _places(header: list[str]) -> dict[str, int]:
    found = {name: place for name, names in COLUMNS.items() if (place := columns.find(header, names)) is not None}
    for needed in _NEEDED:
        if needed not in found:
            raise RosterFileError(
                f"No column holds the {needed.replace('_', ' ')}. The first row must name the columns: "
                + ", ".join(names[0] for names in COLUMNS.values())
                + "."
            )
    return found


def _line(row: reading.Row, places: dict[str, int]) -> Line:
    return Line(row.number, **{name: row.cells[p] if p < len(row.cells) else "" for name, p in places.items()})
