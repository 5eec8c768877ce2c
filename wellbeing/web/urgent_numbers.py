"""The numbers in the strip on top of every page.

They must stand there when everything else is down, so they come from no database. A higher room
that keeps the list of services may register a source; without one, the shipped numbers stand.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class UrgentNumber:
    """One number: what it is called in the strip, the number, and the address that rings or texts it."""

    label: str
    number: str
    href: str


SHIPPED = (
    UrgentNumber("Emergency", "999", "tel:999"),
    UrgentNumber("Police crisis line", "0300 131 2789", "tel:+443001312789"),
    UrgentNumber("Samaritans", "116 123", "tel:116123"),
    UrgentNumber("Text SHOUT to", "85258", "sms:85258?&body=SHOUT"),
)

_source: Callable[[], list[UrgentNumber]] | None = None


def come_from(source: Callable[[], list[UrgentNumber]]) -> None:
    """Register where the numbers come from: a function that asks no database."""
    global _source
    _source = source


def urgent_numbers() -> tuple[UrgentNumber, ...]:
    """The numbers to show, never empty."""
    return tuple(_source()) if _source else SHIPPED
