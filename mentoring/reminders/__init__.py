"""What people are reminded of in mentoring: each part declares its kinds in a file of its own."""

from . import career
from .absences import CONTACT, CONTACT_FAILS, FIRST_CONTACT, HALF_PAY, KEEPS_CONTACT, KEPT_BY_NOBODY, PAUSE_ENDS
from .one_to_ones import ACTION, COMMENT, CORRECTION, DUE
from .passports import PASSPORT_SHARED

__all__ = [
    "ACTION",
    "COMMENT",
    "CONTACT",
    "CONTACT_FAILS",
    "CORRECTION",
    "DUE",
    "FIRST_CONTACT",
    "HALF_PAY",
    "KEEPS_CONTACT",
    "KEPT_BY_NOBODY",
    "PASSPORT_SHARED",
    "PAUSE_ENDS",
    "career",
]
