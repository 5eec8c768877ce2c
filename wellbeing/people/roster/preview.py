"""A plan as it is kept with its import and shown on its page: plain values, fit for JSON."""

from wellbeing.people.history import NO_PAST
from wellbeing.people.models import EmploymentType, Person

from . import wording
from .planning import Changed, New, Plan

_SAID = {"line_manager": "line manager", "line_manager_outside": "line manager outside the force"}


def summary(plan: Plan) -> dict:
    """The plan as a whole: its sentence, its numbers, its fingerprint."""
    return {
        "sentence": wording.summary(plan),
        "rows_sentence": wording.row_counts(plan),
        "does_nothing": plan.does_nothing,
        "too_many_leave": plan.too_many_leave,
        "current": plan.current,
        "unused_columns": plan.unused_columns,
        "counts": {
            "new": len(plan.new),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "leavers": len(plan.leavers),
            "rejected": len(plan.rejected),
            "warnings": len(plan.warnings),
        },
        "fingerprint": plan.fingerprint(),
    }


def rows(plan: Plan) -> dict:
    """The plan person by person; each part a list of rows."""
    number_of = {pk: number for number, pk in plan.ids.items()}
    return {
        "new": [_new(new) for new in plan.new],
        "changed": [_changed(change, number_of) for change in plan.changed],
        "leavers": [_person(person) for person in plan.leavers],
        "rejected": [{"row": note.row, "reason": note.reason} for note in plan.rejected],
        "warnings": [{"row": note.row, "reason": note.reason} for note in plan.warnings],
        "unknown_stations": [{"spelling": spelling, **entry} for spelling, entry in plan.unknown_stations.items()],
    }


def _new(new: New) -> dict:
    values = new.values
    return {
        "row": new.row,
        "staff_number": values["staff_number"],
        "name": f"{values['known_as']} {values['last_name']}",
        "station": values["station"].name,
        "line_manager": values.get("line_manager") or "",
    }


def _changed(change: Changed, number_of: dict[int, str]) -> dict:
    before = dict(zip(change.values, change.before, strict=True))
    before["line_manager"] = number_of.get(change.person.line_manager_id)
    before["station"] = change.person.station
    changes = [_words(name, before[name], value) for name, value in change.values.items()]
    known_as, last_name = (change.values.get(name, getattr(change.person, name)) for name in ("known_as", "last_name"))
    return {
        "row": change.row,
        "staff_number": change.person.staff_number,
        "name": f"{known_as} {last_name}",  # as it will be: the earlier one is not kept
        "changes": changes,
    }


def _words(name: str, before, after) -> str:
    """“station: Deal → Dover”; of a name only the new one, for earlier names are kept nowhere."""
    label = _SAID.get(name) or str(Person._meta.get_field(name).verbose_name)
    if name in NO_PAST:
        return f"{label} becomes {_text(name, after)}"
    return f"{label}: {_text(name, before)} → {_text(name, after)}"


def _text(name: str, value) -> str:
    if value in (None, ""):
        return "vacant" if name == "line_manager" else "empty"
    return EmploymentType(value).label if name == "employment_type" else str(value)


def _person(person: Person) -> dict:
    return {"staff_number": person.staff_number, "name": person.name}
