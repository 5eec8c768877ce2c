"""Of which pages it is asked whether they helped. An app registers its kind in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet


@dataclass(frozen=True)
class Kind:
    """`rows()`: what everybody may read, whose keys answers are about. `address` and `title`: of one row."""

    label: str
    rows: Callable[[], QuerySet]
    address: Callable[[object], str]
    title: Callable[[object], str]

    def find(self, keys) -> dict[str, object]:
        """Those of the rows that have one of these keys, by key as text; a key that cannot be one finds nothing."""
        rows = self.rows()
        known = {key for key in keys if _can_be_key(rows.model, key)}
        return {str(row.pk): row for row in rows.filter(pk__in=known)} if known else {}


_LONGEST_NUMBER = 18  # digits: what the database can count to
_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    label: str,
    rows: Callable[[], QuerySet],
    address: Callable[[object], str] = lambda row: row.get_absolute_url(),
    title: Callable[[object], str] = str,
) -> None:
    """Make a kind of page known, by the name that its pages give to `{% did_this_help %}`.

    What is not among the `rows` can be answered no more, and is in no figures: a story that was withdrawn.
    """
    _kinds[name] = Kind(label, rows, address, title)


def kind(name: str) -> Kind | None:
    """The kind of this name; None where there is none."""
    return _kinds.get(name)


def address(name: str, key: str) -> str | None:
    """Where the page stands that an answer is about; None where there is no such page."""
    found = _kinds.get(name)
    row = found.find([key]).get(key) if found else None
    return found.address(row) if row else None


def _can_be_key(model, key: str) -> bool:
    if key.isdecimal() and len(key) > _LONGEST_NUMBER:
        return False
    try:
        model._meta.pk.to_python(key)
    except ValidationError:
        return False
    return True
