"""The forum's seats, meetings, agenda and outcomes, what hangs where, and the action plan: a file for each part."""

from .agenda import Item, ItemState, Raiser
from .areas import Area
from .feed import Feed
from .invitations import Answer, As, Invitation, Paper
from .meetings import Meeting, MeetingState, Rhythm, Series
from .minutes import Minutes, MinutesComment, MinutesState, MinutesVersion
from .outcomes import Correction, Outcome, Progress, Status
from .plan import Closed, Commitment, Elsewhere, Measurement, Origin, Sponsor, Word
from .rules import Rules
from .seats import Seat, Sort, Strand

__all__ = [
    "Answer",
    "Area",
    "As",
    "Closed",
    "Commitment",
    "Correction",
    "Elsewhere",
    "Feed",
    "Invitation",
    "Item",
    "ItemState",
    "Measurement",
    "Meeting",
    "MeetingState",
    "Minutes",
    "MinutesComment",
    "MinutesState",
    "MinutesVersion",
    "Origin",
    "Outcome",
    "Paper",
    "Progress",
    "Raiser",
    "Rhythm",
    "Rules",
    "Seat",
    "Series",
    "Sort",
    "Sponsor",
    "Status",
    "Strand",
    "Word",
]
