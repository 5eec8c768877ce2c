"""What is asked of SPOCs, of their coordinator and of who looks for one, and its errors."""

from .finding import NarrowForm, WordsForm
from .network import AgreeForm, SendBackForm
from .profiles import InviteForm, ProfileForm

__all__ = ["AgreeForm", "InviteForm", "NarrowForm", "ProfileForm", "SendBackForm", "WordsForm"]
