"""Two windows on one outcome: nothing that was changed in the other is overwritten, or comes back, unseen.

A form carries a mark of each part of the outcome as it was when the form was opened. Where a part has another mark by
the time it is sent, it is refused once, with what stands there now.
"""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dateformat import format as format_date

from forum.models import Area, Outcome

# Each part that a form has, and its columns.
_PARTS = {name: (name,) for name in ("text", "due", "said", "next", "strand", "division", "area")}
_PARTS |= {"owner": ("owner", "owner_office")}
_LENGTH = 8  # letters of a mark
_GONE = "Somebody took this outcome away meanwhile. Send it again to have it back, or tick that you take it away."


class Overtaken(ValidationError):
    """What was changed meanwhile, beside each part of it. `outcome` as it stands now (None where it is gone);
    `left_alone`: the parts that whoever sends the form has not touched."""

    def __init__(self, sentences: dict[str, str], outcome: Outcome | None = None, left_alone=()):
        super().__init__(sentences)
        self.outcome, self.left_alone = outcome, left_alone

    @property
    def seen(self) -> str:
        return marks_of(self.outcome) if self.outcome else ""


class SomeOvertaken(ValidationError):
    """The same of several outcomes: `by_key`."""

    def __init__(self, by_key: dict):
        super().__init__("Somebody changed the same outcomes meanwhile: it stands beside each of them.")
        self.by_key = by_key


def marks_of(outcome: Outcome) -> str:
    """The marks of an outcome as it stands, to go with a form."""
    return marks_in({column: getattr(outcome, column) for columns in _PARTS.values() for column in columns})


def marks_in(values: dict) -> str:
    """The marks of what is sent, as the actions take it."""
    return " ".join(_mark([values[column] for column in columns]) for columns in _PARTS.values())


def refuse_overtaken(outcome: Outcome, values: dict, seen: str) -> None:
    """Raises Overtaken where a part of `outcome` was changed after it was `seen`, to something else than is sent."""
    sent, now, then = marks_in(values).split(), marks_of(outcome).split(), seen.split()
    if len(then) != len(now):
        then = [""] * len(now)
    changed = {
        name: before == typed
        for name, before, after, typed in zip(_PARTS, then, now, sent, strict=True)
        if after not in (before, typed)
    }
    if changed:
        sentences = {name: _sentence(outcome, name, is_left) for name, is_left in changed.items()}
        raise Overtaken(sentences, outcome, [name for name, is_left in changed.items() if is_left])


def refuse_any_overtaken(there: dict, drafts: list[dict]) -> None:
    """Raises SomeOvertaken where some of these drafts, to be changed or taken away, were so elsewhere after they were
    `seen`. `there`: the outcomes by key. What was left alone in the form is let be."""
    found = {}
    for values in drafts:
        outcome = there.get(values["id"])
        try:
            if outcome and not is_left_alone(values):
                refuse_overtaken(outcome, values, values["seen"])
            elif values["seen"] and not outcome and not values["gone"] and not is_left_alone(values):
                raise Overtaken({"text": _GONE})
        except Overtaken as refusal:
            found[values["id"]] = refusal
    if found:
        raise SomeOvertaken(found)


def is_left_alone(values: dict) -> bool:
    """Whether this draft is sent as it was seen."""
    return not values["gone"] and values["seen"] == marks_in(values)


def _mark(values: list) -> str:
    said = "\x1f".join(str(getattr(value, "pk", value) or "") for value in values)
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()[:_LENGTH]


def _sentence(outcome: Outcome, name: str, is_left: bool) -> str:
    if is_left:
        return "Somebody changed this meanwhile: this is how it stands now."
    now = {"owner": outcome.owned_by, "area": Area(outcome.area).label if outcome.area else ""}
    value = now.get(name, getattr(outcome, name))
    words = format_date(value, "j F Y") if isinstance(value, date) else str(value or "nothing")
    return f"Somebody changed this meanwhile, to “{words}”. Send yours again, and it stands in its place."
