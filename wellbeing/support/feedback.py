"""Of which pages it is asked whether they helped. An app registers its kind in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`address(key)`: the page of that key, None where everybody may not read it. `titles(keys)`: by key, as text.

    A key without a title is in no figures.
    """

    label: str
    address: Callable[[str], str | None]
    titles: Callable[[set[str]], dict[str, str]]


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    label: str,
    address: Callable[[str], str | None],
    titles: Callable[[set[str]], dict[str, str]],
) -> None:
    """Make a kind of page known, by the name that its pages give to `{% did_this_help %}`."""
    _kinds[name] = Kind(label, address, titles)


def kind(name: str) -> Kind | None:
    """The kind of this name; None where there is none."""
    return _kinds.get(name)


def address(name: str, key: str) -> str | None:
    """Where the page stands that an answer is about; None where there is no such page."""
    found = _kinds.get(name)
    return found.address(key) if found else None
