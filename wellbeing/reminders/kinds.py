"""What the portal reminds people of. An app declares its kinds in its own `reminders.py`:

kinds.register(
    Kind(
        name="champions.refresher",
        title="Your champion refresher training",
        due=queries.refreshers_due,
        reader="person_id",
        day="refresher_due",
        steps=(60, 30, 0),
        sentence="Your champion refresher training is due on {due}.",
        page="champions:mine",
    )
)

and calls `actions.refresh(name, *things)` in the transaction in which such a thing is made, done or moved. The
sweep finds the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from wellbeing.web.templatetags.components import day as in_words

from . import working_days

_NOBODY = Cast(None, models.BigIntegerField())


@dataclass(frozen=True)
class Kind:
    """One kind of reminder.

    `due()` returns a queryset of the things that somebody is to be told of; things that are done are not in it.
    `thing`, `reader`, `whom` and `day` name its columns: the thing's key, the key of the person to tell, of the
    person whom it is about (where that is a person), and the date on which it falls due.

    `steps` are days before that date (0 on it, negative after it) on which the reader is told. Such a day off moves
    to the next working day, or, for a `limit`, to the one before.

    Where the date itself moves to a working day (`moves`), it is shown so. What somebody must not overlook stays on
    their list until it is done (`stays`).

    `sentence`, `late` (once the date has passed) and `page` (a URL name without arguments, or a function of the
    reminder that returns an address) are shown in the portal only, never in a mail. `urgent` is mailed at once.
    What is not `optional` cannot be switched off. `calendar` is a neutral title for calendars that others may see;
    without one the date stands in no calendar.

    `one_tap` is for what a mail may say: a function of the reminder that returns words that give nothing away and the
    whole address at which its reader answers without signing in, or None where nothing is asked.

    `calendar_file` is for what stands in calendars by their readers' own hand: a function of the reminder that returns
    an iCalendar file with a METHOD, which its mail carries, or None. It says when and where, and nothing about anybody.
    """

    name: str
    title: str
    due: Callable[[], QuerySet]
    reader: str
    day: str
    steps: tuple[int, ...]
    sentence: str
    page: str | Callable
    late: str = ""
    thing: str = "pk"
    whom: str = ""
    limit: bool = False
    moves: bool = False
    stays: bool = False
    urgent: bool = False
    optional: bool = True
    calendar: str = ""
    one_tap: Callable | None = None
    calendar_file: Callable | None = None

    def rows(self, **only) -> QuerySet:
        """(thing, reader, whom or None, day) of everything due, or of `only` some by column."""
        things = self.due().filter(**only).order_by()
        return things.values_list(self.thing, self.reader, self.whom or _NOBODY, self.day)

    def words(self, reminder) -> str:
        """The sentence shown in the portal."""
        sentence = self.late if self.is_late(reminder) else self.sentence
        whom = reminder.subject.name if reminder.subject else ""
        with_whom = f" with {whom}" if whom and reminder.subject_id != reminder.person_id else ""
        return sentence.format(due=in_words(self.day_of(reminder.due)), whom=whom, with_whom=with_whom)

    def is_late(self, reminder) -> bool:
        """Whether the date has passed of something that is late then."""
        return bool(self.late) and self.day_of(reminder.due) < timezone.localdate()

    def day_of(self, due: date) -> date:
        """The date as it is shown."""
        return working_days.on_or_after(due) if self.moves else due

    def address(self, reminder) -> str:
        """The page it leads to."""
        return reverse(self.page) if isinstance(self.page, str) else self.page(reminder)

    def told_until(self, today: date, works: working_days.Works) -> date:
        """The last day that counts as reached on `today` by somebody who works then; urgency waits for no day."""
        if self.urgent:
            return today
        return (working_days.last_limit if self.limit else working_days.last_invitation)(today, works)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def every() -> list[Kind]:
    return list(_kinds.values())


def named(name: str) -> Kind | None:
    """The kind of that name; None where the app that declared it is no longer installed."""
    return _kinds.get(name)


def names(**wanted: bool) -> list[str]:
    """The names of all kinds with these properties: `names(urgent=True)`."""
    return [kind.name for kind in every() if all(getattr(kind, name) is value for name, value in wanted.items())]
