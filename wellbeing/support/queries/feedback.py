"""Whether pages helped, told of five answers and more, and of quarters that are over."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from .. import feedback, policy


@dataclass(frozen=True)
class Helped:
    """One page in one quarter. A number is None where it is below five."""

    kind: str
    title: str
    quarter: date  # its first day
    yes: int | None
    partly: int | None
    no: int | None

    @property
    def last_day(self) -> date:
        """A day in the quarter's last month."""
        return self.quarter.replace(month=self.quarter.month + 2)


def helped() -> list[Helped]:
    """What whoever asks may see: all for coordinator and lead, for others the guidance that they look after.

    The database decides (`wellbeing/support/sql/feedback.sql`); newest quarter first, then by title.
    """
    with connection.cursor() as cursor:
        cursor.execute("select kind, key, quarter, yes, partly, no from support_answers()")
        rows = cursor.fetchall()
    titles = {name: _titles(name, {key for kind, key, *_ in rows if kind == name}) for name in {row[0] for row in rows}}
    told = [
        Helped(feedback.kind(kind).label, titles[kind][key], quarter, *numbers)
        for kind, key, quarter, *numbers in rows
        if key in titles[kind]
    ]
    return sorted(told, key=lambda row: (-row.quarter.toordinal(), row.kind, row.title.lower()))


def _titles(name: str, keys: set[str]) -> dict[str, str]:
    found = feedback.kind(name)
    return {key: found.title(row) for key, row in found.find(keys).items()} if found else {}


def sees_answers(person) -> bool:
    """Whether there is a page of answers for `person`: coordinator, lead, and whoever looks after guidance."""
    return policy.SEES_ANSWERS in person.get_all_permissions() or policy.looked_after_by(person).exists()
