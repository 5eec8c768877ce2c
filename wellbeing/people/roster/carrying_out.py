"""A plan into the roster, through `actions.save_people`, and back out of it within a day."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from wellbeing.people import actions, history
from wellbeing.people.actions.identities import ABOUT_IDENTITY
from wellbeing.people.models import Change, Person, RoleAssignment

from .planning import Plan, leaves_on


@transaction.atomic
def carry_out(plan: Plan, *, by: Person | None) -> dict:
    """Write the plan to the roster, all of it or nothing. Returns what `take_back` needs, fit for JSON."""
    numbers = [new.values["staff_number"] for new in plan.new]
    keys = dict(zip(numbers, Person.objects.take_keys(len(numbers)), strict=True))
    ids = plan.ids | keys
    new = [Person(pk=keys[new.values["staff_number"]], **_columns(new.values, ids)) for new in plan.new]
    changed = [(change.person, _columns(change.values, ids)) for change in plan.changed]
    changed += [(person, {"left": leaves_on(person)}) for person in plan.leavers]
    back = {
        "new": list(keys.values()),
        "changed": [[person.pk, _plain({name: getattr(person, name) for name in to})] for person, to in changed],
        "after": [_plain(values) for _, values in changed],
        "roles": _open_roles(person for person, values in changed if values.get("left")),
    }
    actions.save_people(by=by, new=new, changed=changed, verb="imported")
    return back | {"last_change": Change.objects.order_by("-id").values_list("id", flat=True).first() or 0}


@transaction.atomic
def take_back(back: dict, *, by: Person) -> None:
    """Undo an import as a whole: values, line managers, listings, roles; people who were new go again.

    Raises ValidationError, with nothing written, where somebody has since touched one of those people, and
    where `by` would become somebody's line manager.
    """
    before, after = dict(back["changed"]), dict(zip((pk for pk, _ in back["changed"]), back["after"], strict=True))
    people = Person.objects.in_bulk([*before, *back["new"]])
    list(
        Person.objects.filter(pk__in=people)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk")
    )
    _refuse_touched(people, before, after, back)
    changed = [(people[pk], _values(values)) for pk, values in before.items()]
    changed += [(people[pk], {"line_manager_id": None}) for pk in back["new"]]
    _refuse_managing(changed, by)
    actions.save_people(by=by, changed=changed, verb="undid the import of", undoing=True)
    actions.reopen_roles(by=by, ends=back["roles"])
    _remove([people[pk] for pk in back["new"]], by=by)


def _columns(values: dict, ids: dict[str, int]) -> dict:
    """A plan's values as columns of a person: foreign keys by id."""
    columns = {name: value for name, value in values.items() if name not in ("station", "line_manager")}
    if "station" in values:
        columns["station_id"] = values["station"].pk
    if "line_manager" in values:
        columns["line_manager_id"] = ids[values["line_manager"]] if values["line_manager"] else None
    return columns


def _plain(values: dict) -> dict:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _values(plain: dict) -> dict:
    return {name: Person._meta.get_field(name).to_python(value) for name, value in plain.items()}


def _open_roles(people: Iterable[Person]) -> list[list]:
    """`[assignment id, end as it stands]` of the roles that leaving will end."""
    roles = RoleAssignment.objects.filter(person__in=list(people)).values_list("pk", "ends")
    return [[pk, ends.isoformat() if ends else None] for pk, ends in roles]


def _refuse_touched(people: dict[int, Person], before: dict, after: dict, back: dict) -> None:
    later = Change.objects.filter(about_type="people.person", id__gt=back["last_change"])
    later = later.exclude(verb__in=ABOUT_IDENTITY)
    touched = {int(key) for key in later.filter(about_id__in=map(str, people)).values_list("about_id", flat=True)}
    touched |= {pk for pk, values in after.items() if pk not in people or _differs(people[pk], values)}
    touched |= {pk for pk in back["new"] if pk not in people or people[pk].last_login}
    reports = Person.objects.filter(line_manager__in=back["new"]).exclude(pk__in=people)
    touched |= set(reports.values_list("line_manager_id", flat=True))
    if touched:
        _refuse([people[pk] for pk in touched if pk in people], "have been changed, or have signed in, since")


def _refuse_managing(changed: list[tuple[Person, dict]], by: Person) -> None:
    """Nobody becomes somebody's line manager by their own hand, not by an undo either."""
    gained = [person for person, values in changed if values.get("line_manager_id") == by.pk != person.line_manager_id]
    if gained:
        raise ValidationError(
            f"Undoing this import would make you the line manager of {gained[0].name} ({gained[0].staff_number})"
            f"{f' and {len(gained) - 1} more' if gained[1:] else ''}: ask a colleague in HR to undo it."
        )


def _differs(person: Person, values: dict) -> bool:
    return any(getattr(person, name) != value for name, value in _values(values).items())


def _refuse(people: list[Person], words: str) -> None:
    names = sorted(f"{person.name} ({person.staff_number})" for person in people)
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    raise ValidationError(f"This import can no longer be undone as a whole: {', '.join(names[:5])}{more} {words}.")


def _remove(people: list[Person], *, by: Person) -> None:
    """Take off the roster people who came with the import and to whom nothing has been tied since."""
    keys = [person.pk for person in people]
    with connection.cursor() as cursor:
        cursor.execute("select people_tied(%s::bigint[])", [keys])
        tied = {key for (key,) in cursor.fetchall()}
    if tied:
        _refuse([person for person in people if person.pk in tied], "have entries of their own in the portal")
    history.record_many(by=by, verb="undid the import of", about=[(person, {}) for person in people])
    Person.objects.filter(pk__in=keys).delete()
