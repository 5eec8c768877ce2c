"""What is raised, and what becomes of it."""

from forum.models import Meeting


def on_held(*, meeting: Meeting) -> None:
    """The meeting was held: what was on its agenda was discussed. In the transaction of the holding."""


def on_cancelled(*, meeting: Meeting) -> None:
    """The meeting is cancelled: what was raised for it waits for the next one. In the transaction of the cancelling."""
