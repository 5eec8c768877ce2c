"""What is asked of SPOCs, and its errors."""

from .profiles import InviteForm, ProfileForm

__all__ = ["InviteForm", "ProfileForm"]
