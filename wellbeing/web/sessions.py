"""How long somebody stays signed in: eight hours at most, an hour without a click.

The session holds two times, in seconds since 1970: `started`, which nothing moves, and `seen`, which
is moved at most every few minutes, so that reading pages writes nothing. Both limits are settings.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout

# A session ended for lack of a click may end this much before the hour: `seen` is not moved more often.
REFRESH_AT_MOST_EVERY = 300
AFTER_SIGN_OUT = '"cache", "storage"'


@dataclass(frozen=True)
class SessionEnd:
    """Seconds until the session ends: `idle_seconds` unless something is asked for, `total_seconds` anyway."""

    idle_seconds: int
    total_seconds: int


class SessionLimitsMiddleware:
    """Ends a session that is over, notes when it was last used, and clears the browser's cache after signing out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.signed_in = request.user.is_authenticated
        if request.signed_in:
            _end_or_note(request)
        response = self.get_response(request)
        _close(request, response)
        return response


def session_end(request) -> SessionEnd | None:
    """When this request's session ends; None for somebody not signed in."""
    session = getattr(request, "session", None)
    if session is None or "started" not in session or not request.user.is_authenticated:
        return None
    now = time.time()
    return SessionEnd(
        idle_seconds=int(session["seen"] + settings.SESSION_IDLE_SECONDS - now),
        total_seconds=int(session["started"] + settings.SESSION_COOKIE_AGE - now),
    )


def stay(request) -> SessionEnd:
    """Count this request as a click, whatever was noted before, and return when the session now ends."""
    request.session["seen"] = time.time()
    return session_end(request)


def _end_or_note(request) -> None:
    end = session_end(request)
    if end is None:
        _start(request.session)
    elif min(end.idle_seconds, end.total_seconds) <= 0:
        logout(request)
        messages.info(request, "You were signed out because the time was over. Please sign in again.")
    elif settings.SESSION_IDLE_SECONDS - end.idle_seconds > _refresh_every():
        request.session["seen"] = time.time()


def _start(session) -> None:
    now = time.time()
    session["started"] = session["seen"] = now


def _refresh_every() -> float:
    return min(REFRESH_AT_MOST_EVERY, settings.SESSION_IDLE_SECONDS / 12)


def _close(request, response) -> None:
    if request.user.is_authenticated:
        if "started" not in request.session:  # signed in during this very request
            _start(request.session)
    elif request.signed_in:
        response.headers["Clear-Site-Data"] = AFTER_SIGN_OUT
