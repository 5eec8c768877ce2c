"""What people are reminded of in mentoring: each part declares its kinds in a file of its own."""

from . import career
from .one_to_ones import ACTION, COMMENT, CORRECTION, DUE
from .passports import PASSPORT_SHARED

__all__ = ["ACTION", "COMMENT", "CORRECTION", "DUE", "PASSPORT_SHARED", "career"]
