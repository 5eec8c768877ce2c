"""What people are reminded of in mentoring: each part declares its kinds in a file of its own."""

from . import absence_dates, career, swaps, welfare
from .absences import CONTACT, CONTACT_FAILS, FIRST_CONTACT, HALF_PAY, KEEPS_CONTACT, KEPT_BY_NOBODY, PAUSE_ENDS
from .adjustments import OF_ADJUSTMENTS
from .one_to_ones import ACTION, COMMENT, CORRECTION, DUE
from .passports import PASSPORT_SHARED
from .returns import RETURN_CHOOSE, RETURN_DUE, RETURN_LATE, RETURN_WRITTEN

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
    "OF_ADJUSTMENTS",
    "PASSPORT_SHARED",
    "PAUSE_ENDS",
    "RETURN_CHOOSE",
    "RETURN_DUE",
    "RETURN_LATE",
    "RETURN_WRITTEN",
    "absence_dates",
    "career",
    "swaps",
    "welfare",
]
