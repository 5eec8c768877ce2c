"""Who manages whom, once a file is in: nobody unknown, nobody themselves, and no cycle."""

from .checking import Checked
from .stored import Stored

# As the database has it (`people_no_manager_cycle` in wellbeing/people/sql.py): a force has some fifteen ranks.
LONGEST_LINE = 100


def resolve(rows: list[Checked], rejected: set[str], stored: Stored) -> None:
    """Leave vacant, with a warning, each line manager of `rows` that cannot stand.

    `rejected` are the staff numbers of refused rows: nobody comes onto the roster by one of those.
    """
    by_number = {row.staff_number: row for row in rows}
    for row in rows:
        if reason := _why_not(row, by_number, rejected, stored):
            _vacate(row, reason)
    said = {number: row.values["line_manager"] for number, row in by_number.items() if "line_manager" in row.values}
    above = stored.manager_of | said
    for number in _in_cycles(above):
        if by_number.get(number) and by_number[number].values.get("line_manager"):
            _vacate(by_number[number], "line manager cycle")
            above[number] = None
    for number in _too_deep(above, by_number):
        _vacate(by_number[number], f"more than {LONGEST_LINE} line managers one above the other")


def _why_not(row: Checked, by_number: dict, rejected: set[str], stored: Stored) -> str:
    manager = row.values.get("line_manager")
    if manager is None or (manager in by_number and manager != row.staff_number):
        return ""
    if manager == row.staff_number:
        return "manages themselves"
    if stored.knows(manager):
        return ""
    return "line manager's own row is rejected" if manager in rejected else "line manager not in file or roster"


def _vacate(row: Checked, reason: str) -> None:
    row.values["line_manager"] = None
    row.warnings.append(f"{reason}: left vacant")


def _in_cycles(above: dict[str, str | None]) -> set[str]:
    """The numbers that lead back to themselves; each number is looked at once."""
    done, cyclic = set(), set()
    for start in above:
        path, number = [], start
        while number is not None and number not in done:
            done.add(number)
            path.append(number)
            number = above.get(number)
        if number in path:
            cyclic.update(path[path.index(number) :])
    return cyclic


def _too_deep(above: dict[str, str | None], in_file: dict[str, Checked]) -> list[str]:
    """Whose manager in the file would stand under a line as long as may be; `above` has no cycle."""
    depth: dict[str, int] = {}
    cut = []
    for start in above:
        path, number = [], start
        while number is not None and number not in depth:
            path.append(number)
            number = above.get(number)
        for number in reversed(path):
            depth[number] = depth[above[number]] + 1 if above.get(number) else 0
            if depth[number] > LONGEST_LINE and number in in_file and in_file[number].values.get("line_manager"):
                depth[number] = 0
                cut.append(number)
    return cut
