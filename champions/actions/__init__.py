"""The only writes to champions. Each is atomic, recorded in the history, and takes who did it."""

from .coverage import free_lead, make_lead, set_coverage, set_leads
from .entries import Appointment, appoint, appoint_many, change_entry, set_rules
from .moves import come_back, end_absences, go_away, pause, resume, step_down

__all__ = [
    "Appointment",
    "appoint",
    "appoint_many",
    "change_entry",
    "come_back",
    "end_absences",
    "free_lead",
    "go_away",
    "make_lead",
    "pause",
    "resume",
    "set_coverage",
    "set_leads",
    "set_rules",
    "step_down",
]
