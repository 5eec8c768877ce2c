"""What has been asked for in emergencies, as far as whoever looks may see it, and what an approval opens."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from wellbeing.confidential import policy, vault
from wellbeing.confidential.models import BreakGlass, Why
from wellbeing.confidential.reasons import reason_of
from wellbeing.people.models import Person

VOID_AFTER = timedelta(days=1)  # as the database has it
ROLES = ("lead", "guardian", "dpo")


@dataclass(frozen=True)
class Asked:
    """One asking, opened: its reason, and what became of it."""

    row: BreakGlass
    reason: str
    open_until: datetime | None = None

    @property
    def state(self) -> str:
        if self.open_until:
            return "open"
        if self.row.answered_at:
            return "over" if self.row.told_from else "turned down"
        return "void" if self.row.asked_at < timezone.now() - VOID_AFTER else "waiting"


def parts_of(person: Person) -> frozenset[str]:
    """Which of lead, guardian and DPO `person` is today."""
    return person.assigned_roles & frozenset(ROLES)


def asked_by(person: Person) -> list[Asked]:
    """What the lead has asked for, newest first."""
    links = policy.links_of(person).filter(why=Why.BREAK_GLASS)
    ends = dict(links.values_list("pk", "ends"))
    rows = _with_names(BreakGlass.objects.filter(asked_by=person))
    return [Asked(row, reason_of(row), ends.get(row.link_id)) for row in rows]


def waiting_for(guardian: Person) -> list[Asked]:
    """What a guardian can answer now, oldest first: nothing of their own or about themselves."""
    rows = BreakGlass.objects.filter(answered_at=None, asked_at__gt=timezone.now() - VOID_AFTER)
    rows = _with_names(rows).exclude(asked_by=guardian).exclude(subject=guardian)
    return [Asked(row, reason_of(row)) for row in rows.order_by("asked_at")]


def every() -> list[Asked]:
    """All that was ever asked, newest first, for the data protection officer's review."""
    return [Asked(row, reason_of(row), _until(row)) for row in _with_names(BreakGlass.objects.all())]


def waiting(pk: uuid.UUID) -> BreakGlass | None:
    return BreakGlass.objects.filter(pk=pk).first()


def live_for(person: Person, pk: uuid.UUID) -> Asked | None:
    """The asking at this address, if what it opened to `person` is still open."""
    return next((asked for asked in asked_by(person) if asked.row.pk == pk and asked.state == "open"), None)


def records_about(subject: Person, *, to: Person):
    """What is there, by date and kind; nothing is opened."""
    return vault.visible_to(to).filter(subject=subject).select_related("author")


def _with_names(rows):
    return rows.select_related("subject", "asked_by", "answered_by", "link")


def _until(row: BreakGlass) -> datetime | None:
    return row.link.ends if row.link and row.link.ends > timezone.now() else None
