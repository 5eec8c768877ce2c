"""The only writes of SPOCs. Each is atomic and takes who did it; none writes history (see the model)."""

from .profiles import change_profile, consent, invite, list_many, pause, resume, withdraw, withdraw_returned

__all__ = [
    "change_profile",
    "consent",
    "invite",
    "list_many",
    "pause",
    "resume",
    "withdraw",
    "withdraw_returned",
]
