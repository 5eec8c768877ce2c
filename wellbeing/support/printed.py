"""The urgent numbers as they stand on paper and on walls: on a station's poster, on a division's noticeboard."""

from dataclasses import dataclass

from . import snapshot
from .snapshot import Listed

MOST = 5


@dataclass(frozen=True)
class Number:
    """An urgent number: how it is written, whose it is, what for, and the address that rings it."""

    number: str
    name: str
    for_what: str
    address: str


def urgent() -> list[Listed]:
    """The urgent services for which there is room, in the force's order."""
    return snapshot.urgent_of(snapshot.in_database())[:MOST]


def number_of(service: Listed) -> Number:
    """How it is written; of a service without a phone, what to text to which number."""
    written = service.phone or f"Text {service.text_word} to {service.text_number}".replace("  ", " ")
    return Number(written, service.name, service.for_what, service.strip_number.href)
