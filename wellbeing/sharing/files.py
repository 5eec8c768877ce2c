"""The file in which a force shares what it learnt: written, and read. `docs/sharing.md` describes it."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from forum.models import Area, Origin, Status, Word

from . import checked, columns
from .checked import FaultError

FORMAT, VERSION = "wellbeing-portal/learning", 1
MOST_BYTES = 1024 * 1024
_MOST = {"outcomes": 400, "plan": 200, "guidance": 200}
_MEASUREMENTS = 100

_OUTCOME = {
    "month": checked.month,
    "said": checked.text(500),
    "text": checked.text(500, empty=False),
    "next": checked.text(500),
    "area": checked.one_of(Area, empty=True),
    "status": checked.one_of(Status),
    "strand": checked.text(80),
    "division": checked.text(100),
}
_MEASUREMENT = {
    "day": checked.day,
    "value": checked.number,
    "word": checked.one_of(Word),
    "note": checked.text(300),
}
_COMMITMENT = {
    "area": checked.one_of(Area),
    "origin": checked.one_of(Origin),
    "text": checked.text(300, empty=False),
    "unit": checked.text(40),
    "baseline": checked.text(300),
    "baseline_value": checked.number,
    "baseline_on": checked.day,
    "target": checked.text(300),
    "target_value": checked.number,
    "due": checked.day,
    "measure_months": checked.whole(1, 24),
    "division": checked.text(100),
    "measurements": lambda value, where: checked.listed(
        value, where, lambda one, place: checked.fields(one, place, _MEASUREMENT), most=_MEASUREMENTS
    ),
}
_GUIDANCE = {
    "title": checked.text(100, empty=False),
    "summary": checked.text(200, empty=False),
    "text": checked.text(20_000),
}


def written(learning: dict) -> str:
    """The file: the same learning gives the same file, which people can read."""
    return json.dumps(learning, ensure_ascii=False, indent=2, default=_plain) + "\n"


def carried(learning: dict) -> str:
    """The same in one line, no longer than the file was, for a form to carry."""
    return json.dumps(learning, ensure_ascii=False, separators=(",", ":"), default=_plain)


def read(content: bytes) -> dict:
    """What a file holds, with days and numbers as such. Raises FaultError with the first thing that is wrong."""
    if len(content) > MOST_BYTES:
        raise FaultError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB: it is no file of this kind.")
    try:
        said = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise FaultError("This is no JSON file, or it is damaged. Ask the other force for it again.") from None
    return _checked(said)


def _checked(said) -> dict:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise FaultError("This JSON file is not one in which a portal like this shares what it learnt.")
    if said.get("version") != VERSION:
        raise FaultError(f"This portal reads version {VERSION} of such files, and this is another.")
    learning = checked.fields(said, "The file", _FILE)
    for name, key in (("outcomes", ("month", "text")), ("plan", ("area", "text")), ("guidance", ("title",))):
        _refuse_twins(name, [tuple(str(one[part]).casefold() for part in key) for one in learning[name]])
    for place, one in enumerate(learning["plan"], start=1):
        _refuse_odd(f"plan {place}", one)
    return learning


def _refuse_odd(where: str, one: dict) -> None:
    """What the plan itself would not take: numbers without a unit or a day, and two measurements of one day."""
    has_number = one["baseline_value"] is not None or one["target_value"] is not None
    if has_number and not one["unit"]:
        raise FaultError(f"{where} has a number, and does not say what it counts.")
    if one["baseline_value"] is not None and one["baseline_on"] is None:
        raise FaultError(f"{where} has a number at the beginning without its day.")
    days = [row["day"] for row in one["measurements"]]
    if None in days or len(set(days)) < len(days):
        raise FaultError(f"{where} has measurements without a day, or two of one day.")


def _refuse_twins(name: str, keys: list[tuple]) -> None:
    twins = [key for key, times in Counter(keys).items() if times > 1]
    if twins:
        raise FaultError(f"{name} holds “{twins[0][-1][:60]}” twice.")


def _settings(value, where: str) -> dict:
    """Rules by room, each within what the portal allows."""
    if not isinstance(value, dict) or set(value) - set(columns.RULES):
        raise FaultError(f"{where} must be the rules of: {', '.join(columns.RULES)}.")
    return {room: _rules(room, rules, f"{where} {room}") for room, rules in value.items()}


def _rules(room: str, value, where: str) -> dict:
    model, names = columns.RULES[room]
    known = {name: _of_field(model._meta.get_field(name)) for name in names}
    return checked.fields(value, where, known, optional=names)


def _of_field(field: models.Field) -> checked.Check:
    def check(value, where: str):
        kind = {models.BooleanField: bool, models.CharField: str}.get(type(field), int)
        if type(value) is not kind and not (value is None and field.null):
            raise FaultError(f"{where} is not the kind of thing that this setting is.")
        try:
            return field.clean(value, None)
        except ValidationError as refusal:
            raise FaultError(f"{where} cannot be: {refusal.messages[0]}") from None

    return check


def _same(expected) -> checked.Check:
    return lambda value, where: expected


def _each(name: str, known: dict[str, checked.Check], *, optional: tuple[str, ...] = ()) -> checked.Check:
    def check(value, where: str) -> list:
        one = lambda item, place: checked.fields(item, place, known, optional=optional)  # noqa: E731 - one line of it
        return checked.listed(value, name, one, most=_MOST[name])

    return check


_FILE = {
    "format": _same(FORMAT),
    "version": _same(VERSION),
    "force": checked.text(100, empty=False),
    "outcomes": _each("outcomes", _OUTCOME, optional=("division",)),
    "plan": _each("plan", _COMMITMENT, optional=("division",)),
    "guidance": _each("guidance", _GUIDANCE),
    "settings": _settings,
}


def _once(pairs: list[tuple]) -> dict:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a field twice")
    return dict(pairs)


def _no_number(said: str):
    raise ValueError(said)


def _plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
