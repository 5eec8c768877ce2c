"""The only writes to champions. Each is atomic, recorded in the history, and takes who did it."""

from .coverage import free_lead, make_lead, set_coverage, set_leads
from .entries import Appointment, appoint, appoint_many, change_entry, set_rules
from .handing_over import hand_lead_back, keep_lead, step_down
from .life import begin, go_on
from .moves import come_back, end_absences, go_away, pause, resume
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
from .supervision import note_supervision

__all__ = [
    "Appointment",
    "appoint",
    "appoint_many",
    "ask_for_posters",
    "begin",
    "change_entry",
    "come_back",
    "confirm_posted",
    "done_of",
    "end_absences",
    "free_lead",
    "go_away",
    "go_on",
    "hand_lead_back",
    "is_waiting_long",
    "keep_lead",
    "look_at_posters",
    "make_lead",
    "make_posters",
    "make_waiting_posters",
    "note_supervision",
    "pause",
    "purge_posters",
    "resume",
    "set_coverage",
    "set_leads",
    "set_rules",
    "step_down",
]
