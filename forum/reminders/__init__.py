"""What the forum reminds people of: a file for each part."""

from .meetings import CHANGED, OF_A_MEETING, OF_AN_INVITATION, change_of
from .plan import MEASURE, OWNERLESS, TARGET
from .seats import TERM

__all__ = ["CHANGED", "MEASURE", "OF_AN_INVITATION", "OF_A_MEETING", "OWNERLESS", "TARGET", "TERM", "change_of"]
