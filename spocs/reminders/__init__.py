"""What SPOCs and their coordinator are reminded of: a file for each part. It goes with the profile (`sql/`)."""

from . import stories  # noqa: F401 - declares its kinds
from .profiles import CONFIRM, LISTED, REVIEW, SENT_BACK, UNLISTED
from .volunteering import RING, SUPERVISION, TO_SUPERVISE

OF_A_PROFILE = (
    REVIEW,
    SENT_BACK,
    LISTED,
    CONFIRM,
    UNLISTED,
    SUPERVISION,
    TO_SUPERVISE,
    RING,
)  # what a profile's own row tells

__all__ = ["CONFIRM", "LISTED", "OF_A_PROFILE", "REVIEW", "SENT_BACK", "UNLISTED"]
