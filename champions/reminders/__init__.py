"""What champions are reminded of: a file for each part."""

from .entries import AWAY, REFRESHER

__all__ = ["AWAY", "REFRESHER"]
