"""The only writes to champions. Each is atomic, recorded in the history, and takes who did it."""

from .coverage import free_lead, make_lead, set_coverage, set_leads
from .entries import Appointment, appoint, appoint_many, change_entry, set_rules
from .moves import come_back, end_absences, go_away, pause, resume, step_down
from .posters import (
    ask_for_posters,
    confirm_posted,
    done_of,
    is_waiting_long,
    look_at_posters,
    make_posters,
    make_waiting_posters,
    purge_posters,
)

__all__ = [
    "Appointment",
    "appoint",
    "appoint_many",
    "ask_for_posters",
    "change_entry",
    "come_back",
    "confirm_posted",
    "done_of",
    "end_absences",
    "free_lead",
    "go_away",
    "is_waiting_long",
    "look_at_posters",
    "make_lead",
    "make_posters",
    "make_waiting_posters",
    "pause",
    "purge_posters",
    "resume",
    "set_coverage",
    "set_leads",
    "set_rules",
    "step_down",
]
