"""Writing the roster: who is on it, and what follows when somebody leaves, comes back or dies."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wellbeing.people import history, hooks, old_addresses
from wellbeing.people.models import Person

from .identities import close_changed
from .role_assignments import end_roles_of

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
    (`hooks`). Whoever's address or staff number changes is told, and signed out until confirmed. A constant
    number of queries for each thousand people. `undoing` says that this puts back what an earlier change
    did. Raises IntegrityError where the database refuses the outcome, for example a cycle of managers (at
    the end of the transaction).
    """
    new, changed = list(new), [(person, values) for person, values in changed if _differs(person, values)]
    for person in new:
        person.set_unusable_password()
    Person.objects.bulk_create(new, batch_size=_BATCH)
    details = [history.difference(person, values) for person, values in changed]
    managers = _moves(changed, "line_manager_id")
    old_addresses.remember(changed)
    close_changed(changed)
    stations = _moves(changed, "station_id")
    ranks = [person for person, values in changed if _differs(person, _only(values, "rank_or_grade"))]
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
    hooks.on_new_rank.run([*new, *ranks], by=by, undoing=undoing)
    hooks.on_moved_station.run(stations, by=by, undoing=undoing)
    _leave_and_return([*new, *(person for person, _ in changed)], by=by, undoing=undoing)


def change_person(*, person: Person, by: Person | None, verb: str = "changed", **values) -> Person:
    """Change one person's roster row and return it; fields by name, foreign keys as `<name>_id`.

    Raises ValidationError where it would make `by` their line manager.
    """
    if values.get("line_manager_id") != person.line_manager_id:
        _refuse_managing(by, values.get("line_manager_id"))
    save_people(by=by, changed=[(person, values)], verb=verb)
    return person


def add_person(*, by: Person | None, **values) -> Person:
    """Add one person to the roster and return them; they sign in by a code sent to their e-mail.

    Raises ValidationError where it would make `by` their line manager.
    """
    person = Person(**values)
    _refuse_managing(by, person.line_manager_id)
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


@transaction.atomic
def take_back_death(*, person: Person, by: Person) -> None:
    """Take back a death recorded by mistake: their account and entries are as before, also what is held for them.

    Roles that it ended are proposed anew, and the people they managed are given back by hand: both may have
    gone to others since.
    """
    values = {"died_on": None, "legal_hold": False}
    save_people(by=by, changed=[(person, values)], verb="took back the death of", undoing=True)


def carry_out_leaving(*, by: Person | None = None) -> int:
    """Carry out the leaving of everybody whose last day has passed since; returns how many. For the nightly task."""
    with transaction.atomic():
        gone = list(Person.objects.select_for_update().filter(left__lte=timezone.localdate(), gone_at__isnull=True))
        _leave_and_return(gone, by=by, undoing=False)
    return len(gone)


def _refuse_managing(by: Person | None, manager_id: int | None) -> None:
    """Whoever keeps the roster could give themselves a team, and with it what its members write for their manager."""
    if by is not None and manager_id == by.pk:
        raise ValidationError(
            {"line_manager": "You would become their line manager: that takes a second person. Ask a colleague in HR."}
        )


def _differs(person: Person, values: dict) -> bool:
    return any(getattr(person, field) != value for field, value in values.items())


def _only(values: dict, field: str) -> dict:
    return {field: values[field]} if field in values else {}


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
    end_roles_of(gone)
    hooks.on_leaving.run(gone, by=by, undoing=undoing)
    hooks.on_return.run(back, by=by, undoing=undoing)
