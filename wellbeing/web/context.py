"""What every page's template is given."""

from . import doors, sessions


def portal(request):
    """When this session ends, for the warning two minutes before; nothing for people not signed in. And the frame."""
    return {"session_end": sessions.session_end(request), "door": doors.framing(request)}
