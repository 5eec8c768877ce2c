"""What a file of absences would do: worked out beside what is known, with nothing written."""

import csv
import hashlib
import io
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.absence_file import COLUMNS, AbsenceFile, Line
from mentoring.models import Absence, AbsenceFeed
from mentoring.models.absence import SaidBy
from wellbeing.confidential import sealing
from wellbeing.people.models import Person
from wellbeing.people.roster import cells
from wellbeing.people.roster.rejects import harmless
from wellbeing.web.templatetags.components import day as in_words

OVER_DAYS = 28  # an absence that was over for so long, and unknown, is passed over: nobody keeps contact any longer
_AHEAD = 92  # days: a first day later than this is a slip
_AHEAD_BACK = 3 * 366
_BEHIND = 10 * 366
NO_LONGER_KEPT = "The file is no longer kept: choose it again."


@dataclass(frozen=True)
class Dates:
    first_day: date
    expected_back: date | None = None
    back_on: date | None = None

    def meets(self, other: "Dates") -> bool:
        """Whether somebody would be away twice on one day."""
        return self.first_day < (other.back_on or date.max) and other.first_day < (self.back_on or date.max)


@dataclass(frozen=True)
class Move:
    """One absence that would begin (`before` is None) or change."""

    row: int
    id: uuid.UUID
    person: Person
    after: Dates
    before: Dates | None = None
    said_by: str = ""

    @property
    def instead_of(self) -> str:
        """Whose day to come back this is instead of, where the person or their line manager said one; else empty."""
        if not self.before or not self.before.expected_back or self.before.expected_back == self.after.expected_back:
            return ""
        return {SaidBy.PERSON: self.person.name, SaidBy.MANAGER: "Their line manager"}.get(self.said_by, "")


@dataclass(frozen=True)
class Rejected:
    """A row that is not taken, and why, in a sentence that names nobody."""

    line: Line
    reason: str


@dataclass
class Plan:
    starts: list[Move] = field(default_factory=list)
    changes: list[Move] = field(default_factory=list)
    same: int = 0
    over: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def moves(self) -> list[Move]:
        """Everything to be written, in the order of the days, so that an earlier absence of somebody comes first."""
        return sorted([*self.starts, *self.changes], key=lambda move: (move.after.first_day, move.row))

    @property
    def counts(self) -> dict[str, int]:
        return {
            "starts": len(self.starts),
            "changes": len(self.changes),
            "same": self.same,
            "over": self.over,
            "rejected": len(self.rejected),
        }

    def fingerprint(self) -> str:
        """The same for the same plan: what somebody confirms is what they have read."""
        said = [(move.person.pk, move.after, move.before) for move in self.moves]
        return hashlib.sha256(repr((said, sorted(self.counts.items()))).encode()).hexdigest()


@dataclass(frozen=True)
class Kept:
    """What is kept of a file; once it is carried out, how many of what, and the rows that were refused."""

    file: AbsenceFile
    counts: dict | None = None
    reasons: tuple[str, ...] = ()

    @property
    def rejected(self) -> list[Rejected]:
        return [Rejected(*pair) for pair in zip(self.file.lines, self.reasons, strict=True)]


class _RowError(Exception):
    """Why a row is not taken, as a sentence."""


def plan(lines: Iterable[Line], *, by: Person | None) -> Plan:
    """What these rows would do, as HR (`by`) or the nightly job (None) sees it; two queries for any number."""
    made = Plan()
    read = [row for line in lines if (row := _read(line, made))]
    people = Person.objects.in_bulk({row.staff_number for row in read}, field_name="staff_number")
    known = _known(person.pk for person in people.values())
    contradicting = _contradicting(read)
    for row in sorted(read, key=lambda row: (row.dates.first_day, row.line.number)):
        try:
            if row.key in contradicting:
                raise _RowError("Another row has other dates for the same absence.")
            person = _person(people.get(row.staff_number), by)
            _place(row, person, known[person.pk], made)
        except _RowError as reason:
            made.rejected.append(Rejected(row.line, str(reason)))
    made.rejected.sort(key=lambda rejected: rejected.line.number)
    return made


def sentence(counts: dict[str, int], *, done: bool = False) -> str:
    """“Starts 4, changes 3, leaves 2 as they are, rejects 1 row.”; once it is done, “Started 4, …”."""
    verbs = ("Started", "changed", "left", "passed over", "rejected") if done else (
        "Starts", "changes", "leaves", "passes over", "rejects")  # fmt: skip
    starts, changes, leaves, passes, rejects = verbs
    parts = [f"{starts} {counts['starts']:,}", f"{changes} {counts['changes']:,}", f"{leaves} {counts['same']:,} as "]
    parts[2] += "it is" if counts["same"] == 1 else "they are"
    if counts["over"]:
        parts.append(f"{passes} {counts['over']:,} that ended more than four weeks ago")
    parts.append(f"{rejects} {counts['rejected']:,} {'row' if counts['rejected'] == 1 else 'rows'}")
    return ", ".join(parts) + "."


def as_csv(rejected: list[Rejected]) -> bytes:
    """The refused rows with their reasons; no cell is a formula. UTF-8 with a BOM, as Excel wants it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(names[0].capitalize() for names in COLUMNS.values()), "Row in the file", "Why it was refused"])
    for row in rejected:
        writer.writerow(map(harmless, [*row.line.cells, str(row.line.number), row.reason]))
    return text.getvalue().encode("utf-8-sig")


def dates_changed():
    """Absences of four weeks whose dates somebody other than the person has changed, with the day of it."""
    return Absence.objects.running().filter(changed_on__gt=timezone.localdate() - timedelta(days=OVER_DAYS))


def feed_of(by: Person, key: uuid.UUID) -> AbsenceFeed | None:
    """A file that `by` has chosen, while it is kept."""
    return AbsenceFeed.objects.kept().filter(pk=key, made_by=by).first()


def opened(feed: AbsenceFeed) -> Kept:
    """What is kept of a file. Raises ValidationError where it no longer opens."""
    try:
        said = sealing.open_answers(feed.sealed, place=place_of(feed))
    except sealing.CannotOpen:
        raise ValidationError(NO_LONGER_KEPT) from None
    file = AbsenceFile([Line(*line) for line in said["lines"]], said["refused"], said["unused"])
    return Kept(file, said["counts"], tuple(said["reasons"]))


def place_of(feed: AbsenceFeed) -> str:
    """To what the sealed dates are bound."""
    return f"mentoring_absencefeed:sealed:{feed.pk}"


# --- One row --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    line: Line
    staff_number: str
    dates: Dates

    @property
    def key(self) -> tuple[str, date]:
        return self.staff_number, self.dates.first_day


def _read(line: Line, made: Plan) -> _Row | None:
    try:
        return _Row(line, _staff_number(line.staff_number), _dates(line))
    except _RowError as reason:
        made.rejected.append(Rejected(line, str(reason)))
    return None


def _staff_number(text: str) -> str:
    if not text:
        raise _RowError("There is no staff number in this row.")
    try:
        return cells.staff_number(text)
    except ValueError:
        raise _RowError("This is no staff number.") from None


def _dates(line: Line) -> Dates:
    if not line.first_day:
        raise _RowError("There is no first day in this row.")
    today = timezone.localdate()
    dates = Dates(_day(line.first_day, "first day"), *(_day(text, name) for text, name in (
        (line.expected_back, "day expected back"), (line.back_on, "day back"))))  # fmt: skip
    if dates.first_day > today + timedelta(days=_AHEAD):
        raise _RowError("The first day is more than three months ahead.")
    if dates.first_day < today - timedelta(days=_BEHIND):
        raise _RowError("The first day is more than ten years ago.")
    if any(day and day > today + timedelta(days=_AHEAD_BACK) for day in (dates.expected_back, dates.back_on)):
        raise _RowError("The day back is more than three years ahead.")
    return dates


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return cells.day(text, name)
    except ValueError:
        raise _RowError(f"The {name} is no date.") from None


def _contradicting(rows: list[_Row]) -> set[tuple]:
    said = defaultdict(set)
    for row in rows:
        said[row.key].add(row.dates)
    return {key for key, dates in said.items() if len(dates) > 1}


# --- One row beside what is known -----------------------------------------------------------------


@dataclass
class _Known:
    """One absence as it stands, or as an earlier row has left it."""

    id: uuid.UUID
    dates: Dates
    said_by: str = SaidBy.HR


def _known(people: Iterable[int]) -> dict[int, list[_Known]]:
    found = defaultdict(list)
    for absence in Absence.objects.filter(subject__in=list(people)).order_by():
        dates = Dates(absence.first_day, absence.expected_back, absence.back_on)
        found[absence.subject_id].append(_Known(absence.pk, dates, absence.said_by))
    return found


def _person(person: Person | None, by: Person | None) -> Person:
    if person is None:
        raise _RowError("Nobody on the roster has this staff number.")
    if person == by:
        raise _RowError("This is your own row: a colleague in HR enters it.")
    if not person.is_active:
        raise _RowError("This person is no longer on the roster.")
    return person


def _place(row: _Row, person: Person, known: list[_Known], made: Plan) -> None:
    """Whether the row begins an absence, changes one, or says what is known; `known` is brought up to date."""
    own = next((one for one in known if one.dates.first_day == row.dates.first_day), None)
    dates = _merged(own.dates, row.dates) if own else row.dates
    if own and dates == own.dates:
        made.same += 1
        return
    _refuse_order(dates)
    if own is None and dates.back_on and dates.back_on <= timezone.localdate() - timedelta(days=OVER_DAYS):
        made.over += 1
        return
    _refuse_meeting(dates, own, known)
    if own:
        made.changes.append(Move(row.line.number, own.id, person, dates, own.dates, own.said_by))
        own.dates = dates
    else:
        own = _Known(uuid.uuid4(), dates)
        made.starts.append(Move(row.line.number, own.id, person, dates))
        known.append(own)


def _merged(before: Dates, said: Dates) -> Dates:
    """What a file leaves blank stays as it is: it may be older than what somebody has entered since."""
    return Dates(before.first_day, said.expected_back or before.expected_back, said.back_on or before.back_on)


def _refuse_order(dates: Dates) -> None:
    if dates.back_on and dates.back_on <= dates.first_day:
        raise _RowError("The day back is not after the first day.")
    if dates.expected_back and dates.expected_back <= dates.first_day:
        raise _RowError("The day expected back is not after the first day.")


def _refuse_meeting(dates: Dates, own: _Known | None, known: list[_Known]) -> None:
    for other in known:
        if other is own:
            continue
        if dates.meets(other.dates):
            raise _RowError(
                f"They are away already from {in_words(other.dates.first_day)}: change that absence instead."
            )
        if own is None and other.dates.first_day > dates.first_day:
            raise _RowError(
                f"A later absence, from {in_words(other.dates.first_day)}, is known: earlier ones are not taken."
            )
