"""Courses, their sessions, places in them, what was completed, and who must complete what: a file for each part."""

from .completion import Completion
from .course import Course, Purpose
from .place import MOVES, TAKES_SEAT, Place, PlaceState
from .requirement import Required, Requirement, Standing
from .session import Session, SessionState

__all__ = [
    "MOVES",
    "TAKES_SEAT",
    "Completion",
    "Course",
    "Place",
    "PlaceState",
    "Purpose",
    "Required",
    "Requirement",
    "Session",
    "SessionState",
    "Standing",
]
