"""What is asked of SPOCs and their coordinator, and its errors."""

from .network import AgreeForm, SendBackForm
from .profiles import InviteForm, ProfileForm

__all__ = ["AgreeForm", "InviteForm", "ProfileForm", "SendBackForm"]
