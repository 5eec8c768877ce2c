"""What the roster does to SPOCs. Whoever leaves is off the list by the list's own rule; nothing is written."""

from . import actions


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving changes nothing; somebody who truly comes back is asked anew."""
    if not undoing:
        actions.withdraw_returned(people=people)
