"""A plan in words, as a preview says it: “12 new, 41 change manager, 3 leave: one of them a station lead”."""

from collections import Counter

from wellbeing.people import facts

from .planning import Changed, Plan

_CHANGES = (
    ("line_manager", "{n} changes manager", "{n} change manager"),
    ("station", "{n} moves station", "{n} move station"),
    ("email", "{n} gets another e-mail to sign in with", "{n} get another e-mail to sign in with"),
    ("left", "{n} is given a leaving date", "{n} are given a leaving date"),
    ("returns", "{n} returns", "{n} return"),
    ("other", "{n} changes other details", "{n} change other details"),
)
_OWN_WORDS = {"line_manager", "line_manager_outside", "station", "email", "left"}


def summary(plan: Plan) -> str:
    """One sentence about what the plan would do."""
    if plan.does_nothing:
        return "Nothing would change."
    kinds = Counter(kind for change in plan.changed for kind in _kinds(change))
    parts = [counted(len(plan.new), "{n} new", "{n} new")] if plan.new else []
    parts += [counted(kinds[kind], one, many) for kind, one, many in _CHANGES if kinds[kind]]
    if plan.leavers:
        parts.append(counted(len(plan.leavers), "{n} leaves", "{n} leave") + _facts(plan))
    return ", ".join(parts) + "."


def row_counts(plan: Plan) -> str:
    """What is to be said about single rows, in a sentence or two; empty where all is well."""
    parts = []
    if plan.rejected:
        parts.append(counted(len(plan.rejected), "{n} row is rejected", "{n} rows are rejected"))
    if plan.warnings:
        parts.append(counted(len(plan.warnings), "{n} row has a warning", "{n} rows have a warning"))
    said = [" and ".join(parts) + "."] if parts else []
    if plan.spares_importer:
        said.append("You are not in the file yourself; you stay on the roster.")
    return " ".join(said)


def counted(number: int, one: str, many: str) -> str:
    """`one` or `many` with `{n}` filled in, thousands parted by a comma."""
    return (one if number == 1 else many).format(n=f"{number:,}")


def _kinds(change: Changed) -> set[str]:
    kinds = {name for name in change.values if name in _OWN_WORDS - {"line_manager_outside"}}
    if "left" in kinds and change.values["left"] is None:
        kinds = kinds - {"left"} | {"returns"}
    return kinds | ({"other"} if set(change.values) - _OWN_WORDS else set())


def _facts(plan: Plan) -> str:
    said = []
    for fact in facts.about_leavers():
        if number := fact.count([person.pk for person in plan.leavers]):
            said.append(f"one of them {fact.one}" if number == 1 else f"{number:,} of them {fact.many}")
    return ": " + ", ".join(said) if said else ""
