"""Mentors' terms, and the line manager's 1-1s."""

from .mentor import Kind, Mentor
from .one_to_one import Action, Adjustment, How, OneToOne, Owner, Rules, Schedule

__all__ = ["Action", "Adjustment", "How", "Kind", "Mentor", "OneToOne", "Owner", "Rules", "Schedule"]
