"""What the forum's first pages show: to everybody, to those who sit there, to its secretary."""

from forum.models import Meeting


def next_meeting() -> Meeting | None:
    """The next meeting that is neither held nor cancelled."""
    return Meeting.objects.to_come().first()


def latest_published() -> Meeting | None:
    """The latest meeting whose outcomes are published."""
    return Meeting.objects.published().first()
