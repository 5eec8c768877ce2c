"""The forum's seats, meetings, agenda and outcomes, what hangs where, and the action plan: a file for each part."""

from .agenda import Item, ItemState, Raiser
from .areas import Area
from .meetings import Meeting, MeetingState, Series
from .outcomes import Correction, Outcome, Progress, Status
from .rules import Rules
from .seats import Seat, Sort, Strand

__all__ = [
    "Area",
    "Correction",
    "Item",
    "ItemState",
    "Meeting",
    "MeetingState",
    "Outcome",
    "Progress",
    "Raiser",
    "Rules",
    "Seat",
    "Series",
    "Sort",
    "Status",
    "Strand",
]
