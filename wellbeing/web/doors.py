"""A door: a way in of its own to one part of the addresses, whose sessions reach nothing else.

A higher room registers it, and confines the sessions that came by it (`wellbeing/plan_door/middleware.py`). Here stands
what every page must know of it: whether this session came so, where its pages lead instead of out of that part, and
how lately its person has shown who they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

KEY = "door"  # the mark in a session that came by the door


@dataclass(frozen=True)
class Door:
    """`instead`: for a page of the portal, the one in its place within `prefix`, both by URL name.

    `proofs(request)`: when a session that came so has shown who it is, in seconds since 1970; it asks for itself
    whether that still counts.
    """

    prefix: str
    instead: dict[str, str] = field(default_factory=dict)
    proofs: Callable[..., list[float]] = lambda request: []

    def holds(self, path: str) -> bool:
        """Whether an address lies in this part."""
        return f"{path}/".startswith(self.prefix)


_door: Door | None = None


def register(door: Door) -> None:
    """Make the door known; there is one."""
    global _door
    _door = door


def came_by(request) -> Door | None:
    """The door by which this session came; None for an ordinary session, and for nobody."""
    session = getattr(request, "session", None)
    return _door if session is not None and session.get(KEY) else None


def of_address(request) -> Door | None:
    """The door to whose part the address asked for belongs; asks neither session nor database."""
    return _door if _door is not None and _door.holds(request.path_info) else None


def framing(request) -> Door | None:
    """The door in whose frame a page is shown: to a session that came by it, and in its part to whoever is not signed
    in, for they may stand outside. None for the portal's ordinary frame."""
    if came_by(request):
        return _door
    user = getattr(request, "user", None)
    return None if user is not None and user.is_authenticated else of_address(request)


def proofs(request) -> list[float]:
    """When a session that came by a door has shown who it is; nothing for any other session."""
    door = came_by(request)
    return door.proofs(request) if door else []
