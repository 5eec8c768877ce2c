"""What the forum reminds people of: a file for each part."""

from .seats import TERM

__all__ = ["TERM"]
