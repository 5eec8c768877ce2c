"""What a roster file would do: new people, changes, leavers, and what is refused and why. Writes nothing."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils import timezone

from wellbeing.people.models import Person

from . import checking, columns, managers, reading, stored
from .checking import Checked
from .stations import Stations

# More leavers than this part of the roster is more likely a file cut short than a bad week.
LEAVERS_ALLOWED = 10


@dataclass(frozen=True)
class Note:
    """A row number and what is to be said about that row."""

    row: int
    reason: str


@dataclass(frozen=True)
class New:
    """Somebody not on the roster. `values` by field; `line_manager` is a staff number or None."""

    row: int
    values: dict


@dataclass(frozen=True)
class Changed:
    """Somebody on the roster, and those of their fields that become different."""

    row: int
    person: Person
    values: dict

    @property
    def before(self) -> list:
        """What those fields hold now, foreign keys as such."""
        keys = {"station": "station_id", "line_manager": "line_manager_id"}
        return [getattr(self.person, keys.get(name, name)) for name in self.values]


@dataclass
class Plan:
    """The outcome of a file, were it imported now."""

    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    leavers: list[Person] = field(default_factory=list)
    current: int = 0
    rejected: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    unknown_stations: dict[str, dict] = field(default_factory=dict)
    unused_columns: list[str] = field(default_factory=list)
    spares_importer: bool = False
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def too_many_leave(self) -> bool:
        """Whether so many would leave that somebody must say that they mean it."""
        return len(self.leavers) * LEAVERS_ALLOWED > self.current

    @property
    def does_nothing(self) -> bool:
        return not (self.new or self.changed or self.leavers)

    def numbers(self) -> dict:
        """Counts, and the rows that are refused or warned about: what `--format json` prints."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "leavers": len(self.leavers),
            "rejected": [asdict(note) for note in self.rejected],
            "warnings": [asdict(note) for note in self.warnings],
        }

    def fingerprint(self) -> str:
        """The same for two plans with the same outcome; to see whether the roster moved since a preview."""
        outcome = [
            self.numbers(),
            [new.values for new in self.new],
            [(change.person.pk, change.values, change.before) for change in self.changed],
            [person.pk for person in self.leavers],
        ]
        return hashlib.sha256(json.dumps(outcome, sort_keys=True, default=str).encode()).hexdigest()


def leaves_on(person: Person) -> date:
    """The first day away of somebody whom a full file no longer names: today, or the day they were to join."""
    return max(timezone.localdate(), person.joined or date.min)


def make(
    data: bytes,
    *,
    full: bool = False,
    by: Person | None = None,
    lock: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Plan:
    """The plan for a roster file. `by` is who brings it: they become nobody's line manager by their own file.

    `full` says that the file names everybody, so that whoever it does not name has left; all but `by`,
    who is evidently there, and would be signed out before they could undo a mistake. `lock` keeps
    the people concerned as they are until the end of the transaction. Raises RosterFileError.
    """
    progress("Reading the file")
    sheet = reading.read(data)
    found = columns.match(sheet.header)
    progress("Checking the rows")
    places = Stations()
    rows = checking.check(sheet, found, places)
    progress("Comparing with the roster")
    held = stored.load(rows, lock=lock)
    _compare(rows, held, found, full=full, by=by)
    plan = Plan(ids=held.ids, unused_columns=columns.unused(sheet.header, found))
    _sort_out(plan, rows, held)
    plan.unknown_stations = _unknown(rows, places)
    plan.current = Person.objects.current().count()
    if full:
        gone = stored.missing(rows, lock=lock)
        plan.leavers = [person for person in gone if person.left != leaves_on(person) and person != by]
        plan.spares_importer = by in gone
    return plan


def _compare(rows: list[Checked], held: stored.Stored, found: dict, *, full: bool, by: Person | None) -> None:
    """Refuse what cannot stand beside the roster, and settle line managers, in the rows themselves."""
    for row in _accepted(rows):
        person = held.people.get(row.staff_number)
        if person is None:
            row.reasons += [f"missing {name.replace('_', ' ')}" for name in checking.REQUIRED if name not in found]
        else:
            _compare_with(person, row, full=full)
        if by and row.values.get("line_manager") == by.staff_number != held.manager_of.get(row.staff_number):
            row.reasons.append("you would become their line manager: a colleague must import this row")
    _refuse_taken_emails(rows, held)
    accepted = [row for row in _accepted(rows) if row.staff_number not in held.dead]
    managers.resolve(accepted, {row.staff_number for row in rows if row.reasons}, held)


def _compare_with(person: Person, row: Checked, *, full: bool) -> None:
    if person.died_on:
        row.warnings.append("recorded as having died: nothing is changed")
        return
    if "left" not in row.values and full and not person.is_active:
        row.values["left"] = None  # a full file without leaving dates says by the row itself that they are back
    joined, left = row.values.get("joined", person.joined), row.values.get("left", person.left)
    if joined and left and left < joined:
        row.reasons.append("left before joined")


def _refuse_taken_emails(rows: list[Checked], held: stored.Stored) -> None:
    """An address is free where the file itself gives its holder another; a refusal may take that back.

    Each row is looked at once, and once more if its address's holder is refused: a chain of people who
    each take the next one's address costs as many steps as it has people.
    """
    accepted = [row for row in _accepted(rows) if "email" in row.values]
    becomes = {row.staff_number: row.values["email"] for row in accepted if row.staff_number not in held.dead}
    takers = {held.email_holders.get(row.values["email"]): row for row in accepted}
    waiting = list(reversed(accepted))
    while waiting:
        row = waiting.pop()
        if row.reasons or not _is_taken(row, becomes, held):
            continue
        row.reasons.append(f"email belongs to staff number {held.email_holders[row.values['email']]}")
        becomes.pop(row.staff_number, None)
        if row.staff_number in takers:
            waiting.append(takers[row.staff_number])


def _is_taken(row: Checked, becomes: dict, held: stored.Stored) -> bool:
    address = row.values.get("email")
    holder = held.email_holders.get(address, row.staff_number)
    return holder != row.staff_number and becomes.get(holder, address) == address


def _sort_out(plan: Plan, rows: list[Checked], held: stored.Stored) -> None:
    for row in rows:
        if row.reasons:
            plan.rejected.append(Note(row.number, "; ".join(dict.fromkeys(row.reasons))))
            continue
        plan.warnings += [Note(row.number, warning) for warning in row.warnings]
        if not row.values:
            continue
        person = held.people.get(row.staff_number)
        if person is None:
            plan.new.append(New(row.number, row.values))
        elif person.died_on is None and (values := _differences(person, row, held)):
            plan.changed.append(Changed(row.number, person, values))
        else:
            plan.unchanged += 1


def _differences(person: Person, row: Checked, held: stored.Stored) -> dict:
    values = dict(row.values)
    station, manager = values.pop("station", None), values.pop("line_manager", None)
    differing = {name: value for name, value in values.items() if getattr(person, name) != value}
    if station and station.pk != person.station_id:
        differing["station"] = station
    if "line_manager" in row.values and manager != held.manager_of[person.staff_number]:
        differing["line_manager"] = manager
    if manager and person.line_manager_outside:
        differing["line_manager_outside"] = ""
    return differing


def _unknown(rows: list[Checked], places: Stations) -> dict[str, dict]:
    """`{spelling: {"rows": [numbers], "likeliest": [[station id, name], …]}}` for each station not found."""
    unknown: dict[str, dict] = {}
    for row in rows:
        if row.unknown_station:
            unknown.setdefault(row.unknown_station, {"rows": []})["rows"].append(row.number)
    for spelling, entry in unknown.items():
        entry["likeliest"] = [[station.pk, station.name] for station in places.likeliest(spelling)]
    return unknown


def _accepted(rows: list[Checked]) -> list[Checked]:
    return [row for row in rows if row.values and not row.reasons]
