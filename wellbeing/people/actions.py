"""The only writes to people, places and roles. Each is atomic, recorded in the history, and takes who did it."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from wellbeing import roles

from . import history, hooks
from .models import Division, Force, Person, RoleAssignment, Station, StationSpelling, spelling_of

_BATCH = 1000


@transaction.atomic
def save_people(
    *,
    by: Person | None,
    new: Iterable[Person] = (),
    changed: Iterable[tuple[Person, dict]] = (),
    verb: str = "changed",
    undoing: bool = False,
) -> None:
    """Write roster rows: `new` people, and `changed` as `(person as now stored, {field: new value})`.

    Records each difference, and tells the other apps who left, came back, moved or has a new manager
    (`hooks`). A constant number of queries for each thousand people. `undoing` says that this puts
    back what an earlier change did. Raises IntegrityError where the database refuses the outcome,
    for example a cycle of managers (at the end of the transaction).
    """
    new, changed = list(new), [(person, values) for person, values in changed if _differs(person, values)]
    for person in new:
        person.set_unusable_password()
    Person.objects.bulk_create(new, batch_size=_BATCH)
    details = [history.difference(person, values) for person, values in changed]
    managers = _moves(changed, "line_manager_id")
    stations = _moves(changed, "station_id")
    for person, values in changed:
        for field, value in values.items():
            setattr(person, field, value)
    _update([person for person, _ in changed], {field for _, values in changed for field in values})
    history.record_many(by=by, verb="added" if verb == "changed" else verb, about=[(person, {}) for person in new])
    history.record_many(by=by, verb=verb, about=list(zip([person for person, _ in changed], details, strict=True)))
    hooks.on_new_manager.run(
        managers + [hooks.Move(person, None, person.line_manager_id) for person in new if person.line_manager_id],
        by=by,
        undoing=undoing,
    )
    hooks.on_moved_station.run(stations, by=by, undoing=undoing)
    _leave_and_return([*new, *(person for person, _ in changed)], by=by, undoing=undoing)


def change_person(*, person: Person, by: Person | None, verb: str = "changed", **values) -> Person:
    """Change one person's roster row and return it; fields by name, foreign keys as `<name>_id`."""
    save_people(by=by, changed=[(person, values)], verb=verb)
    return person


def add_person(*, by: Person | None, **values) -> Person:
    """Add one person to the roster and return them; they sign in by a code sent to their e-mail."""
    person = Person(**values)
    save_people(by=by, new=[person])
    return person


@transaction.atomic
def record_death(*, person: Person, by: Person, on: date) -> None:
    """Silence every list, reminder and mail about and to somebody who has died, and hold their records.

    The people close to them are told by a person, never by the portal.
    """
    change_person(person=person, by=by, verb="recorded as died", died_on=on, legal_hold=True)
    reports = Person.objects.filter(line_manager=person)
    save_people(by=by, changed=[(report, {"line_manager_id": None}) for report in reports])


def carry_out_leaving(*, by: Person | None = None) -> int:
    """Carry out the leaving of everybody whose last day has passed since; returns how many. For the nightly task."""
    with transaction.atomic():
        gone = list(Person.objects.select_for_update().filter(left__lte=timezone.localdate(), gone_at__isnull=True))
        _leave_and_return(gone, by=by, undoing=False)
    return len(gone)


@transaction.atomic
def add_places(*, by: Person | None, places: Iterable[tuple[str, str, str]]) -> list[Station]:
    """Add the stations of `(division, district, station)` that are missing, with their divisions; returns those added.

    A name counts as there whatever its case. What is there stays as it is, a station's division too.
    Raises ValidationError for a name that no address can be made of.
    """
    divisions = {division.name.casefold(): division for division in Division.objects.all()}
    stations = {name.casefold() for name in Station.objects.values_list("name", flat=True)}
    added = []
    for division, district, station in places:
        if station.casefold() in stations:
            continue
        if division.casefold() not in divisions:
            divisions[division.casefold()] = Division.objects.create(name=division, slug=_free_slug(Division, division))
        added.append(
            Station.objects.create(
                division=divisions[division.casefold()],
                district=district,
                name=station,
                slug=_free_slug(Station, station),
            )
        )
        stations.add(station.casefold())
    history.record_many(by=by, verb="added", about=[(station, {}) for station in added])
    return added


@transaction.atomic
def remember_spelling(*, spelling: str, station: Station, by: Person | None) -> StationSpelling:
    """Remember that a roster's `spelling` means `station`; returns the row, new or as it was."""
    row, _ = StationSpelling.objects.update_or_create(
        spelling=spelling_of(spelling), defaults={"station": station, "added_by": by}
    )
    history.record(by=by, verb="matched a spelling to", about=station)
    return row


@transaction.atomic
def propose_role(*, person: Person, role: str, by: Person, starts: date, ends: date | None = None) -> RoleAssignment:
    """Propose that `person` holds `role`; it grants nothing until somebody else approves it.

    Raises ValidationError for oneself, and where it meets a role that excludes it.
    """
    if person == by:
        raise ValidationError("Nobody proposes a role for themselves: ask a colleague to.")
    _refuse_exclusive(person, role, starts, ends)
    assignment = RoleAssignment.objects.create(person=person, role=role, starts=starts, ends=ends, proposed_by=by)
    history.record(by=by, verb=f"proposed as {assignment.get_role_display()}", about=person)
    return assignment


@transaction.atomic
def approve_role(*, assignment: RoleAssignment, by: Person) -> None:
    """Put a proposed role in force. Raises ValidationError for whoever it is for and whoever proposed it."""
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if by in (assignment.person, assignment.proposed_by):
        raise ValidationError("A role is approved by somebody other than its holder and its proposer.")
    if assignment.approved_at:
        return
    _refuse_exclusive(assignment.person, assignment.role, assignment.starts, assignment.ends, but=assignment.pk)
    assignment.approved_by, assignment.approved_at = by, timezone.now()
    assignment.save(update_fields=["approved_by", "approved_at"])
    history.record(by=by, verb=f"approved as {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: Person, on: date | None = None) -> None:
    """End a role from the day `on` (today unless told)."""
    assignment.ends = max(on or timezone.localdate(), assignment.starts)
    assignment.save(update_fields=["ends"])
    history.record(by=by, verb=f"ended as {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def reopen_roles(*, ends: list[tuple[int, str | None]], by: Person) -> None:
    """Give back roles that a leaving ended which is itself taken back: `(assignment id, end as it stood)`."""
    stood = dict(ends)
    for assignment in RoleAssignment.objects.filter(pk__in=stood).select_related("person"):
        before = parse_date(stood[assignment.pk]) if stood[assignment.pk] else None
        if assignment.ends != before:
            assignment.ends = before
            assignment.save(update_fields=["ends"])
            history.record(by=by, verb=f"again {assignment.get_role_display()}", about=assignment.person)


@transaction.atomic
def name_first_holder(*, person: Person, role: str) -> RoleAssignment:
    """Give a role at set-up, when there is nobody yet who could propose and approve it.

    Raises ValidationError once anybody has held that role.
    """
    if RoleAssignment.objects.filter(role=role, approved_at__isnull=False).exists():
        raise ValidationError(f"{roles.ROLES[role].label} has had a holder: the next one is proposed and approved.")
    _refuse_exclusive(person, role, timezone.localdate(), None)
    assignment = RoleAssignment.objects.create(person=person, role=role, from_set_up=True, approved_at=timezone.now())
    history.record(by=None, verb=f"named {assignment.get_role_display()} at set-up", about=person)
    return assignment


@transaction.atomic
def set_force(*, by: Person | None, **values) -> Force:
    """Write the force's own settings and return its row."""
    force = Force.objects.filter(pk=1).first() or Force(pk=1, name=values.get("name", "Our force"))
    details = history.difference(force, values)
    for field, value in values.items():
        setattr(force, field, value)
    force.save()
    history.record(by=by, verb="changed", about=force, details=details)
    return force


def _free_slug(model, name: str) -> str:
    """The name as it stands in an address, with a number behind it where another's comes out the same."""
    if not (slug := slugify(name)):
        raise ValidationError(f"“{name}” has no letter or digit that an address could be made of.")
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        free for free in [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))] if free not in taken
    )


def _differs(person: Person, values: dict) -> bool:
    return any(getattr(person, field) != value for field, value in values.items())


def _moves(changed, field: str) -> list[hooks.Move]:
    return [
        hooks.Move(person, getattr(person, field), values[field])
        for person, values in changed
        if field in values and getattr(person, field) != values[field]
    ]


def _update(people: list[Person], fields: set[str]) -> None:
    """Upsert by primary key: one statement a batch, where `bulk_update` builds a CASE for each cell."""
    names = sorted({field.removesuffix("_id") for field in fields})
    if people:
        Person.objects.bulk_create(
            people, batch_size=_BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
        )


def _leave_and_return(people: list[Person], *, by: Person | None, undoing: bool) -> None:
    gone = [person for person in people if not person.is_active and person.gone_at is None]
    back = [person for person in people if person.is_active and person.gone_at is not None]
    for person in gone:
        person.gone_at = timezone.now()
    for person in back:
        person.gone_at = None
    _update(gone + back, {"gone_at"})
    _end_roles(gone)
    hooks.on_leaving.run(gone, by=by, undoing=undoing)
    hooks.on_return.run(back, by=by, undoing=undoing)


def _end_roles(people: list[Person]) -> None:
    """Nobody who has gone holds a role; one that was to begin later ends on the day it would have begun."""
    today = timezone.localdate()
    live = RoleAssignment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=today), person__in=people)
    live.update(ends=Greatest("starts", today))


def _refuse_exclusive(person: Person, role: str, starts: date, ends: date | None, but: int | None = None) -> None:
    """The sentence before the database's own refusal (trigger `roles_exclude`)."""
    if role not in roles.EXCLUSIVE:
        return
    others = RoleAssignment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=starts), person=person)
    others = others.filter(role__in=roles.EXCLUSIVE).exclude(pk=but)
    if ends:
        others = others.filter(starts__lt=ends)
    if other := others.first():
        raise ValidationError(
            f"{person} is {other.get_role_display()}: whoever holds that role cannot be {roles.ROLES[role].label} too."
        )
