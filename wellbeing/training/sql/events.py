"""Who had a place at an event is known to the coordinator until it is over, and to nobody but themselves afterwards."""

from . import read
from .places import ME, ORGANISES

POLICY = f"""
ALTER POLICY place_read ON training_place
    USING (person_id = {ME} OR {ORGANISES} AND NOT training_is_past_event(session_id));
"""

ALL = [read("events"), POLICY]
