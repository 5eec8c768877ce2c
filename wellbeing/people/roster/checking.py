"""Rows of text to values: each row against itself, then against the other rows of the file."""

from collections import defaultdict
from dataclasses import dataclass, field

from . import cells
from .reading import Row, Sheet
from .stations import Stations

REQUIRED = ("staff_number", "known_as", "last_name", "email", "employment_type", "station")
_NAMED = 3  # other rows that a reason names one by one
_READ = {
    "staff_number": cells.staff_number,
    "known_as": cells.known_as,
    "last_name": cells.last_name,
    "email": cells.email,
    "rank_or_grade": cells.rank_or_grade,
    "employment_type": cells.employment_type,
    "work_phone": cells.work_phone,
    "joined": cells.joined,
    "left": cells.left,
    "line_manager": cells.staff_number,
}
_BLANK = {"rank_or_grade": "", "work_phone": "", "joined": None, "left": None, "line_manager": None}


@dataclass
class Checked:
    """One row as understood.

    `values` holds a person's fields by name, with `station` as a Station and `line_manager` as a staff
    number or None; a column that the file lacks is absent. `reasons` and `warnings` are in words.
    """

    number: int
    values: dict
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unknown_station: str = ""
    said: tuple = ()

    @property
    def staff_number(self) -> str | None:
        return self.values.get("staff_number")


def check(sheet: Sheet, found: dict[str, int], stations: Stations) -> list[Checked]:
    """Every row of the sheet; of rows that say the same, the first alone, with a warning for each of the others.

    The warnings of rows that were left out stand on them: they come back with `values` empty.
    """
    rows = [_check_row(row, found, stations, width=len(sheet.header)) for row in sheet.rows]
    _compare_staff_numbers(rows)
    _compare_emails(rows)
    return rows


def _check_row(row: Row, found: dict[str, int], stations: Stations, width: int) -> Checked:
    texts = {name: row.cells[place] if place < len(row.cells) else "" for name, place in found.items()}
    checked = Checked(number=row.number, values={}, said=tuple(text.casefold() for text in texts.values()))
    if any(row.cells[width:]):
        checked.reasons.append("more cells than columns")
    for name, text in texts.items():
        _check_cell(checked, name, text, stations)
    joined, left = checked.values.get("joined"), checked.values.get("left")
    if joined and left and left < joined:
        checked.reasons.append("left before joined")
    return checked


def _check_cell(checked: Checked, name: str, text: str, stations: Stations) -> None:
    try:
        cells.refuse_spreadsheet_error(name, text)
        if text == "" and name in REQUIRED:
            raise ValueError(f"missing {cells.label(name)}")
        if name == "station":
            _check_station(checked, text, stations)
        else:
            checked.values[name] = _READ[name](text) if text else _BLANK[name]
    except ValueError as reason:
        checked.reasons.append(str(reason))


def _check_station(checked: Checked, text: str, stations: Stations) -> None:
    station = stations.find(text)
    if station is None:
        checked.unknown_station = text
        raise ValueError("unknown station")
    checked.values["station"] = station


def _compare_staff_numbers(rows: list[Checked]) -> None:
    for same in _groups(rows, "staff_number"):
        if len({row.said for row in same}) > 1:
            _point_at_each_other(same, "staff number also on {}, with other details")
            continue
        for row in same[1:]:
            row.values, row.reasons, row.unknown_station = {}, [], ""
            row.warnings.append(f"same details as row {same[0].number}: read once")


def _compare_emails(rows: list[Checked]) -> None:
    for same in _groups(rows, "email"):
        if len({row.staff_number for row in same}) > 1 or same[0].staff_number is None:
            _point_at_each_other(same, "email also on {}")


def _point_at_each_other(same: list[Checked], words: str) -> None:
    first = same[: _NAMED + 1]  # of more rows than are named, no more need be looked at for each of them
    for row in same:
        others = [str(other.number) for other in first if other is not row]
        named = _shortened(others, len(same) - 1)
        row.reasons.append(words.format(("row " if len(same) == 2 else "rows ") + " and ".join(named)))


def _shortened(numbers: list[str], total: int) -> list[str]:
    return numbers[:total] if total <= _NAMED else [", ".join(numbers[:_NAMED]), f"{total - _NAMED} more"]


def _groups(rows: list[Checked], name: str) -> list[list[Checked]]:
    """The rows that share a value in `name`, wherever there is more than one."""
    groups = defaultdict(list)
    for row in rows:
        if row.values.get(name):
            groups[row.values[name]].append(row)
    return [same for same in groups.values() if len(same) > 1]
