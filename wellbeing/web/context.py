"""What every page's template is given."""

from . import sessions


def portal(request):
    """When this session ends, for the warning two minutes before; nothing for people not signed in."""
    return {"session_end": sessions.session_end(request)}
