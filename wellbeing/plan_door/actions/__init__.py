"""The only writes at the door. Before somebody is signed in, they work for whom that person says they are."""

from .codes import is_source_tired, send_code, take_code
from .entries import (
    add_passkey,
    check_pin,
    confirm_address,
    end_sessions,
    entry_of,
    remove_passkey,
    set_pin,
    used_passkey,
)
from .letters import print_letter, read_out_number, use_letter

__all__ = [
    "add_passkey",
    "check_pin",
    "confirm_address",
    "end_sessions",
    "entry_of",
    "is_source_tired",
    "print_letter",
    "read_out_number",
    "remove_passkey",
    "send_code",
    "set_pin",
    "take_code",
    "use_letter",
    "used_passkey",
]
