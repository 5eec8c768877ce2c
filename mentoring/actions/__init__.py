"""The only writes of mentoring."""

from .mentors import appoint_mentor, stand_down

__all__ = ["appoint_mentor", "stand_down"]
