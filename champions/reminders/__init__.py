"""What champions are reminded of: a file for each part."""

from . import waiting  # noqa: F401 - declares its kinds
from .entries import AWAY, REFRESHER
from .life import BEGIN, FAREWELL, LEAD, SUPERVISION, SUPERVISION_LATE, TERM
from .load import TALLY
from .posters import POSTER

OF_AN_ENTRY = (REFRESHER, AWAY, BEGIN, TERM, SUPERVISION, SUPERVISION_LATE)  # what is told by a champion's own row

__all__ = [
    "AWAY",
    "BEGIN",
    "FAREWELL",
    "LEAD",
    "OF_AN_ENTRY",
    "POSTER",
    "REFRESHER",
    "SUPERVISION",
    "SUPERVISION_LATE",
    "TALLY",
    "TERM",
]
