"""What people are reminded of in training: a file for each part."""

from . import requirements  # noqa: F401 - declares its kinds
from .places import ATTENDANCE, CANCELLED, MOVED, PLACE, change_of

__all__ = ["ATTENDANCE", "CANCELLED", "MOVED", "PLACE", "change_of"]
