"""What the forum reminds people of: a file for each part."""

from .meetings import CHANGED, OF_A_MEETING, OF_AN_INVITATION, change_of
from .seats import TERM

__all__ = ["CHANGED", "OF_AN_INVITATION", "OF_A_MEETING", "TERM", "change_of"]
