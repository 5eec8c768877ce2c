"""What the forum's first pages show: to everybody, to those who sit there, to its secretary."""

from forum.models import Meeting, Outcome
from wellbeing.people.models import Station

A_FEW = 3


def next_meeting() -> Meeting | None:
    """The next meeting that is neither held nor cancelled."""
    return Meeting.objects.to_come().first()


def latest_published() -> Meeting | None:
    """The latest meeting whose outcomes are published."""
    return Meeting.objects.published().first()


def decided_for(station: Station | None) -> list[Outcome]:
    """A few of what the forum decided last, for everybody or for the division of this station; none where nothing is
    published yet."""
    if (meeting := latest_published()) is None:
        return []
    outcomes = meeting.outcomes.published().select_related("meeting")
    outcomes = outcomes.for_division(station.division) if station else outcomes.filter(division__isnull=True)
    return list(outcomes[:A_FEW])
