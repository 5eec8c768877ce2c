"""What champions are reminded of: a file for each part."""

from . import waiting  # noqa: F401 - declares its kinds
from .entries import AWAY, REFRESHER
from .load import TALLY
from .posters import POSTER

__all__ = ["AWAY", "POSTER", "REFRESHER", "TALLY"]
