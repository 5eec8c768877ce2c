"""What the forum reminds people of: a file for each part."""

from . import meetings, outcomes
from .agenda import ANSWERED, RAISED
from .boards import POST, RELAY
from .meetings import CHANGED, OF_AN_INVITATION, change_of
from .minutes import COMMENT
from .outcomes import OF_AN_OUTCOME
from .plan import MEASURE, OWNERLESS, TARGET
from .seats import TERM

OF_A_MEETING = (*meetings.OF_A_MEETING, outcomes.TO_PUBLISH)

__all__ = [
    "ANSWERED",
    "CHANGED",
    "COMMENT",
    "MEASURE",
    "OF_AN_INVITATION",
    "OF_AN_OUTCOME",
    "OF_A_MEETING",
    "OWNERLESS",
    "POST",
    "RAISED",
    "RELAY",
    "TARGET",
    "TERM",
    "change_of",
]
