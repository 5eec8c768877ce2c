"""HR's to-do list: what is missing on the roster and in the network.

An app registers a kind of gap in `AppConfig.ready()`, `gaps.register(function)`. The function returns
a Gap, or None when all is well; it costs a constant number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gap:
    """One kind of gap: how many, in words, where to mend it, and the first few by name.

    `items` are `(name, address)`; `address` is a page that shows all of them, or empty.
    """

    sentence: str
    address: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)


_sources: list[Callable[[], Gap | None]] = []


def register(source: Callable[[], Gap | None]) -> None:
    if source not in _sources:
        _sources.append(source)


def found() -> list[Gap]:
    """Every gap there is now, in the order in which the apps registered."""
    return [gap for source in _sources if (gap := source())]
