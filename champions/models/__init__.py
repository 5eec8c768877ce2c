"""Champions, the stations they cover, and what the force has decided about them: a file for each part."""

from .champion import COMING_STATES, LISTED_STATES, OPEN_STATES, Champion, State
from .coverage import Coverage, Ended
from .farewell import Farewell
from .load import Band, Tally, TallySignpost
from .posters import How, PosterRun, Posting, RunState, Size
from .rules import Rules, WaitingOrder
from .supervision import SupervisionCheckIn
from .waiting import Answer, Waiting

__all__ = [
    "COMING_STATES",
    "LISTED_STATES",
    "OPEN_STATES",
    "Answer",
    "Band",
    "Champion",
    "Coverage",
    "Ended",
    "Farewell",
    "How",
    "PosterRun",
    "Posting",
    "Rules",
    "RunState",
    "Size",
    "State",
    "SupervisionCheckIn",
    "Tally",
    "TallySignpost",
    "Waiting",
    "WaitingOrder",
]
