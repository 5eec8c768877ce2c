"""What champions are reminded of: a file for each part."""

from . import waiting  # noqa: F401 - declares its kinds
from .entries import AWAY, REFRESHER

__all__ = ["AWAY", "REFRESHER"]
