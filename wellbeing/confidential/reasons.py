"""The sealed reason of an emergency: read by the two who ask and answer, the DPO, and the person it is about."""

import uuid

from . import sealing
from .models import BreakGlass

BROKEN = "The reason does not open: it was changed, or its key is missing."


def seal(reason: str, *, key: uuid.UUID) -> tuple[str, bytes]:
    """`(id of the key, sealed bytes)` of the reason of the asking `key`."""
    return sealing.seal_text(reason, place=_place(key))


def reason_of(asked: BreakGlass) -> str:
    """The reason; a sentence in its place where it does not open."""
    try:
        return sealing.open_text(asked.sealed, place=_place(asked.pk))
    except sealing.CannotOpen:
        return BROKEN


def _place(key: uuid.UUID) -> str:
    return f"confidential_breakglass:sealed:{key}"
