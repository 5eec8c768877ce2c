"""Champions, the stations they cover, and what the force has decided about them: a file for each part."""

from .champion import LISTED_STATES, OPEN_STATES, Champion, State
from .coverage import Coverage, Ended
from .load import Band, Tally, TallySignpost
from .posters import How, PosterRun, Posting, RunState, Size
from .rules import Rules, WaitingOrder
from .waiting import Answer, Waiting

__all__ = [
    "LISTED_STATES",
    "OPEN_STATES",
    "Answer",
    "Band",
    "Champion",
    "Coverage",
    "Ended",
    "How",
    "PosterRun",
    "Posting",
    "Rules",
    "RunState",
    "Size",
    "State",
    "Tally",
    "TallySignpost",
    "Waiting",
    "WaitingOrder",
]
