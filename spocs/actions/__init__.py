"""The only writes of SPOCs. Each is atomic and takes who did it; none writes history (see the model)."""

from .profiles import (
    change_profile,
    confirm,
    consent,
    invite,
    list_many,
    pause,
    resume,
    withdraw,
    withdraw_left,
    withdraw_returned,
)
from .reviews import agree, send_back

__all__ = [
    "agree",
    "change_profile",
    "confirm",
    "consent",
    "invite",
    "list_many",
    "pause",
    "resume",
    "send_back",
    "withdraw",
    "withdraw_left",
    "withdraw_returned",
]
