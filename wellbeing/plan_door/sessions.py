"""Sessions that came by this door: what they hold, when they began, and that they end with what they came by.

The mark stands in the session under `doors.KEY`: whose it is, the stamp of their way in, when they last showed who they
are, and whether they are still setting up how to come back.
"""

import time

from django.contrib.auth import login, logout
from django.urls import reverse

from wellbeing.people.models import Person
from wellbeing.web import doors, sign_in_first, step_up

from . import actions, queries

BACKEND = "wellbeing.people.sign_in.PersonBackend"
PREFIX = "/my-plan/"
WAITING = "door_waits"  # before signing in: the code that was asked for, for whom, and since when


def begin(request, person: Person, *, setting_up: bool = False, by_mail: bool = False) -> str:
    """Sign somebody in by this door, and return the address inside that they were going to.

    Whatever the session held before is gone, its key too.
    """
    stamp, asked_for = str(actions.entry_of(person).stamp), request.session.get(sign_in_first.KEY) or ""
    request.session.flush()
    login(request, person, backend=BACKEND)
    request.session[doors.KEY] = {
        "person": person.pk, "stamp": stamp, "setting_up": setting_up, "by_mail": by_mail, "proved_at": time.time(),
    }  # fmt: skip
    return asked_for if asked_for.startswith(PREFIX) else reverse("door:start")


def change(request, **values) -> None:
    """Change what the mark says; nothing in an ordinary session."""
    if doors.came_by(request):
        request.session[doors.KEY] = request.session[doors.KEY] | values


def stay(request) -> None:
    """Let this session go on where something of theirs was changed, which ends all others."""
    change(request, stamp=queries.stamp_of(request.user))


def prove(request) -> None:
    """They have just shown who they are."""
    change(request, proved_at=time.time())


def has_just_shown(request) -> bool:
    """Whether an ordinary session, or one that has shown who it is within five minutes."""
    mark = mark_of(request)
    return not mark or 0 <= time.time() - mark["proved_at"] < step_up.FRESH_SECONDS


def forget(request) -> None:
    """Ask anew who it is, before anything confidential opens."""
    request.session.pop(step_up.KEY, None)
    change(request, proved_at=0)


def is_setting_up(request) -> bool:
    """Whether they came by a letter and have yet to set up how they come back."""
    return bool(mark_of(request).get("setting_up"))


def mark_of(request) -> dict:
    """What the session holds of this door; empty for an ordinary one."""
    return request.session.get(doors.KEY) or {} if doors.came_by(request) else {}


def end_if_over(request) -> None:
    """End a session whose stamp is no longer that of its person's way in, or that is not the person's at all."""
    mark, person = mark_of(request), request.user
    if not person.is_authenticated or mark.get("person") != person.pk or queries.stamp_of(person) != mark.get("stamp"):
        logout(request)


def proofs(request) -> list[float]:
    """When this session has shown who it is; not while it has only a letter to show."""
    mark = mark_of(request)
    is_theirs = request.user.is_authenticated and mark.get("person") == request.user.pk
    return [mark["proved_at"]] if is_theirs and not mark["setting_up"] else []


DOOR = doors.Door(
    prefix=PREFIX,
    instead={
        "home": "door:start",
        "urgent": "door:urgent",
        "guidance": "door:guidance",
        "accessibility": "door:accessibility",
        "account_login": "door:enter",
        "account_logout": "door:sign_out",
        "stay_signed_in": "door:stay",
        "confirm_it_is_you": "door:confirm",
        "second_factor_needed": "door:confirm",
        "my_data": "door:who_looked",
    },
    proofs=proofs,
)
