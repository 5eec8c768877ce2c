"""What is shown of requests to be contacted: one's own two-people things, never a list or a count for anybody else."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from wellbeing.confidential.sealing import CannotOpen, open_text
from wellbeing.people.models import Person, RoleAssignment

from . import sealing, volunteers
from .models import ContactBlock, ContactReport, ContactRequest, Handler, State
from .volunteers import Volunteer
from .words import in_words, way_to

# Calendar days after which somebody who has had no answer may pick another.
PATIENCE = timedelta(days=5)
NOBODY_NOW = "Somebody who cannot be asked at the moment"


@dataclass(frozen=True)
class Shown:
    """A request as one of its two people sees it. `words` are label and text, None where they do not open."""

    row: ContactRequest
    is_mine: bool  # whether whoever looks asked it
    name: str  # of the other one
    volunteer: Volunteer | None  # None where they cannot be asked now
    answers: dict | None

    @property
    def words(self) -> list[tuple[str, str]] | None:
        return in_words(self.answers) if self.answers else None

    @property
    def may_pick_another(self) -> bool:
        """Whether the asker is led to somebody else: told so, or without an answer for five days."""
        waits = self.row.state == State.OPEN
        late = waits and timezone.localdate(self.another_from) <= timezone.localdate()  # as the reminder counts
        return self.is_mine and (late or self.row.state == State.CANNOT or (waits and self.volunteer is None))

    @property
    def another_from(self) -> datetime:
        return self.row.asked_at + PATIENCE

    @property
    def leads_elsewhere(self) -> bool:
        """For the volunteer: whether they cannot be asked now, so that the asker is led to somebody else. One query."""
        return not self.is_mine and volunteers.of_person(self.row.kind, self.row.volunteer_id) is None

    @property
    def way(self) -> tuple[str, str] | None:
        """A verb and the address behind it for the number or mail address that was given; None where it is neither."""
        return way_to(self.answers or {})


def live() -> QuerySet:
    """Requests that are not over, between people who are here: nobody is led to somebody who has died or left."""
    here = Person.objects.current()
    return ContactRequest.objects.filter(expires_at__gt=timezone.now(), asker__in=here)


def of_the_two(person: Person) -> QuerySet:
    """The requests of that person, asked by them or of them."""
    return ContactRequest.objects.filter(Q(asker=person) | Q(volunteer=person))


def unanswered_of(person: Person) -> QuerySet:
    """What they asked, and nobody has answered."""
    return live().filter(asker=person, state=State.OPEN)


def asked_by(person: Person) -> list[Shown]:
    """Everything that they asked and that is not over, without its words."""
    rows = list(live().filter(asker=person).select_related("volunteer"))
    known = _known((row.kind, row.volunteer_id) for row in rows)
    return [_mine(row, known) for row in rows]


def asked_of(person: Person) -> list[Shown]:
    """Everything that a volunteer was asked and has not said no to, without its words."""
    rows = live().filter(volunteer=person).exclude(state=State.CANNOT).select_related("asker")
    return [_of_me(row) for row in rows]


def shown_to(person: Person, key: UUID) -> Shown | None:
    """One request, opened, for one of its two; None for everybody else."""
    rows = live().filter(pk=key).filter(Q(asker=person) | Q(volunteer=person) & ~Q(state=State.CANNOT))
    row = rows.select_related("asker", "volunteer", "week").first()
    if row is None:
        return None
    answers = sealing.open_answers(row)
    if row.volunteer_id == person.pk:
        return _of_me(row, answers)
    return _mine(row, _known([(row.kind, row.volunteer_id)]), answers)


def askable(key: UUID, *, by: Person) -> Volunteer | None:
    """The volunteer with that entry whom `by` may ask now; None otherwise, without a word of why."""
    found = volunteers.find(key)
    return found if found and found.person.pk != by.pk and not is_held_off(found) else None


def others(person: Person, *, but: set[tuple[int, str]] = frozenset()) -> list[Volunteer]:
    """A few volunteers whom that person may ask instead: nobody held off, asked already, or in `but`."""
    asked = set(unanswered_of(person).values_list("volunteer_id", "kind"))
    without = _held_off() | asked | but
    return [found for found in volunteers.others(person) if not _as_any_or_this(found) & without]


def is_held_off(volunteer: Volunteer) -> bool:
    """Whether whoever asks is not brought together with this one."""
    return bool(_as_any_or_this(volunteer) & _held_off())


def _held_off() -> set[tuple[int, str]]:
    return set(_ask("select person, asked_as from contact_held_off()"))


def _as_any_or_this(volunteer: Volunteer) -> set[tuple[int, str]]:
    """Somebody who is listed as a champion too is another one there: a first name is told by nothing else."""
    return {(volunteer.person.pk, ""), (volunteer.person.pk, volunteer.kind)}


def is_in_line(other: Person) -> bool:
    """Whether whoever asks stands above or below `other` in the line of command, at any depth."""
    return _ask("select contact_in_line(%s)", other.pk)[0][0]


def blocks_of(person: Person) -> list[tuple[ContactBlock, str]]:
    """Whom they do not want to hear from here, each with the name by which they know them."""
    rows = list(ContactBlock.objects.filter(by=person).select_related("person"))
    known = _known((row.kind, row.person_id) for row in rows if row.kind)
    return [(row, _name(known.get((row.kind, row.person_id))) if row.kind else row.person.name) for row in rows]


# --- What reminders tell of -----------------------------------------------------------------------------


def to_answer() -> QuerySet:
    """Requests that wait for their volunteer, with the `day` on which they were asked."""
    return live().filter(state=State.OPEN).annotate(day=TruncDate("asked_at"))


def turned_down() -> QuerySet:
    """Requests to which the volunteer said no, with the `day` of that."""
    return live().filter(state=State.CANNOT).annotate(day=TruncDate("answered_at"))


def long_unanswered() -> QuerySet:
    """Requests that wait, with the `day` from which the asker may pick another."""
    from_then = ExpressionWrapper(F("asked_at") + PATIENCE, output_field=DateTimeField())
    return live().filter(state=State.OPEN).annotate(day=TruncDate(from_then))


# --- Reports --------------------------------------------------------------------------------------------


def reports() -> QuerySet:
    """The reports that whoever asks handles: the database shows them no others."""
    return ContactReport.objects.select_related("reporter", "reported")


def handler_for(*two: Person) -> str:
    """The role whose holder reads a report between these two: the first that neither holds and somebody is in post
    for. Where nobody is, it waits for whoever comes into one that neither holds."""
    held = set(_in_post().filter(person__in=two).values_list("role", flat=True))
    filled = set(_in_post().filter(role__in=Handler.values).values_list("role", flat=True))
    return max(Handler, key=lambda role: (role not in held, role in filled))


def reports_to_handle() -> QuerySet:
    """Reports that nobody has closed, each with who is told (`handler`) and the `day` it was made."""
    handler = _in_post().filter(role=OuterRef("handled_by")).longest(but=("reporter_id", "reported_id"))
    waiting = ContactReport.objects.filter(closed_at__isnull=True)
    return waiting.annotate(handler=handler, day=TruncDate("made_at")).filter(handler__isnull=False)


def _in_post() -> QuerySet:
    """Roles as held today by people who are here."""
    return RoleAssignment.objects.live().filter(person__in=Person.objects.current())


def place_of_report(report: ContactReport) -> str:
    """What the sealed copy is bound to."""
    return f"contact_report:sealed:{report.pk}"


def opened(report: ContactReport) -> dict | None:
    """What a report says: `words`, and `request` as label and text; None where it does not open."""
    try:
        said = json.loads(open_text(report.sealed, place=place_of_report(report)))
    except CannotOpen:
        return None
    return {"words": said["words"], "request": in_words(said["request"] or {})}


def _of_me(row: ContactRequest, answers: dict | None = None) -> Shown:
    return Shown(row, False, row.asker.name, None, answers)


def _mine(row: ContactRequest, known: dict, answers: dict | None = None) -> Shown:
    volunteer = known.get((row.kind, row.volunteer_id))
    return Shown(row, True, _name(volunteer), volunteer, answers)


def _name(volunteer: Volunteer | None) -> str:
    return volunteer.name if volunteer else NOBODY_NOW


def _known(whom: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Volunteer]:
    """Those who can be asked now, by kind and person; one query for each kind, however many they are."""
    of_kind = defaultdict(set)
    for kind, person in whom:
        of_kind[kind].add(person)
    found = {kind: volunteers.of_people(kind, people) for kind, people in of_kind.items()}
    return {(kind, person): one for kind, people in found.items() for person, one in people.items()}


def _ask(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
