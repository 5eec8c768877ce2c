"""What the roster does to the forum."""

from .actions.seats import end_terms_of_returned


def on_return(people, *, by, undoing: bool) -> None:
    """An undone leaving finds the terms as they were; somebody who truly comes back sits nowhere."""
    if not undoing:
        end_terms_of_returned(people, by=by)
