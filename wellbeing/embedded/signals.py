"""Being asked to stop: noted when the signal comes, acted upon at the next safe point.

A handler that raised an exception could leave a process that was just being started without an
owner. So the handler only writes down that it was called, and every wait asks `check()`.
"""

import ctypes
import os
import signal
import sys

_asked: list[int] = []


class StopAsked(BaseException):
    """Ctrl-C or SIGTERM came. Not an Exception, so that no `except Exception` swallows it."""


def listen() -> None:
    """From now on Ctrl-C, SIGTERM and a closed terminal are noted; `nohup` stays respected."""
    signal.signal(signal.SIGINT, _note)
    signal.signal(signal.SIGTERM, _note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _note)


def _note(signum, frame) -> None:
    _asked.append(signum)


def asked() -> int | None:
    """The number of the first stop signal, or None."""
    return _asked[0] if _asked else None


def check() -> None:
    """Raises StopAsked when a stop signal has come."""
    if _asked:
        raise StopAsked


def _prctl():
    if not sys.platform.startswith("linux"):
        return None
    return ctypes.CDLL(None, use_errno=True).prctl


_PRCTL = _prctl()
_PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int) -> None:
    """The kernel sends this process `signum` when its parent ends, however it ends (Linux only)."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)


def dying_with_parent(signum: int):
    """A preexec_fn for a child of this process: `die_with_parent`, also if we die meanwhile.

    It runs after the change of user, which would undo it.
    """
    parent = os.getpid()

    def in_child() -> None:
        die_with_parent(signum)
        if os.getppid() != parent:
            os._exit(1)

    return in_child
