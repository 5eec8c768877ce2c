"""The wordings that come with the portal, until the force has its own signed: what is short first, then all of it."""

from functools import lru_cache
from pathlib import Path

from .models import Statement

SHIPPED = Path(__file__).parent / "data" / "statements"


@lru_cache
def wording(kind: str) -> tuple[str, str]:
    """The short words and the whole text of a kind, as its file has them."""
    short, text = (SHIPPED / f"{kind}.markdown").read_text(encoding="utf-8").split("\n---\n", 1)
    return short.strip(), text.strip()


def first(kind: str) -> Statement:
    """The shipped wording as version 0, which nobody has signed; it is not saved."""
    short, text = wording(kind)
    return Statement(kind=kind, version=0, short=short, text=text)
