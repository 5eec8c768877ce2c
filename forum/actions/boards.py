"""What hangs where once outcomes are published."""

from forum.models import Meeting


def hang(*, meeting: Meeting) -> None:
    """The outcomes of this meeting are published, or corrected so that they are to be printed anew: whoever keeps a
    noticeboard or represents a strand is asked. In the transaction of the publishing."""
