"""What the portal reminds people of. An app declares its kinds in its own `reminders.py`:

kinds.register(
    Kind(
        name="champions.refresher",
        due=queries.refreshers_due,
        steps=(60, 30, 0),
        sentence="Your champion refresher training is due on {due}.",
        page="champions:mine",
    )
)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateformat import format as format_date


@dataclass(frozen=True)
class Kind:
    """One kind of reminder.

    `due()` returns a queryset of exactly three values in this order: the key of the thing, the key of
    the person to tell, and the date it falls due; things that are done are not in it. `steps` are
    days before that date (0 on it, negative after it) on which the person is told. `sentence` and
    `page` (a URL name without arguments) are shown in the portal only, never in a mail.
    """

    name: str
    due: Callable[[], QuerySet]
    steps: tuple[int, ...]
    sentence: str
    page: str

    def words(self, due: date) -> str:
        """The sentence shown in the portal."""
        return self.sentence.format(due=format_date(due, "l j F Y"))

    @property
    def address(self) -> str:
        return reverse(self.page)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def every() -> list[Kind]:
    return list(_kinds.values())


def named(name: str) -> Kind | None:
    """The kind of that name; None where the app that declared it is no longer installed."""
    return _kinds.get(name)
