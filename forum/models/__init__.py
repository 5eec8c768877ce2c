"""The forum's seats, meetings, agenda and outcomes, what hangs where, and the action plan: a file for each part."""

from .agenda import Item, ItemState, Raiser
from .areas import Area
from .boards import How, Keeper, Posting, Relay, Screen
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
    "How",
    "Invitation",
    "Item",
    "ItemState",
    "Keeper",
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
    "Posting",
    "Progress",
    "Raiser",
    "Relay",
    "Rhythm",
    "Rules",
    "Screen",
    "Seat",
    "Series",
    "Sort",
    "Sponsor",
    "Status",
    "Strand",
    "Word",
]
