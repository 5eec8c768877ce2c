"""HR's to-do list: what is missing on the roster and in the network.

An app registers a kind of gap in `AppConfig.ready()`: `gaps.register(function, permission)`. The
function returns a Gap, or None when all is well, in a constant number of queries; whoever has the
permission sees it on the first page of the admin.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gap:
    """One kind of gap in words (“3 stations have no champion”), the first few by name, the page that shows all."""

    sentence: str
    names: list[str] = field(default_factory=list)
    address: str = ""


_sources: dict[Callable[[], Gap | None], str] = {}


def register(source: Callable[[], Gap | None], permission: str) -> None:
    """Have `source` asked whenever somebody with `permission` opens the admin."""
    _sources[source] = permission


def concern(person) -> bool:
    """Whether any kind of gap is this person's to close."""
    return not person.get_all_permissions().isdisjoint(_sources.values())


def found(person) -> list[Gap]:
    """The gaps there are now that are this person's to close, in the order in which the apps registered."""
    held = person.get_all_permissions()  # not `has_perm()`: a superuser has it, and none of the pages
    mine = [source for source, permission in _sources.items() if permission in held]
    return [gap for source in mine if (gap := source())]
