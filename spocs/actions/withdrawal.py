"""What goes when a SPOC withdraws, in the same transaction, beside what the database takes away by itself (`sql/`).

A part that keeps something of a SPOC's registers a function here, `also(forget_all_of)`, called as
`forget_all_of(person=person, by=person)` while the database knows them.
"""

from collections.abc import Callable

_parts: list[Callable] = []


def also(forget: Callable) -> None:
    """Have `forget(person=…, by=…)` called whenever a SPOC withdraws."""
    if forget not in _parts:
        _parts.append(forget)


def forget_all(*, person, by) -> None:
    """Have every part forget what it keeps of this SPOC."""
    for forget in _parts:
        forget(person=person, by=by)
