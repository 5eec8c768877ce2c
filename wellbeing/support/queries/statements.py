"""What the force and its associations have agreed, as it holds today and as it held before."""

from .. import shipped_statements
from ..models import Statement


def statement(kind: str) -> Statement:
    """What holds today of "limits", "never_used_for" or "privacy"; the shipped wording until a version does."""
    return Statement.objects.in_force().filter(kind=kind).first() or shipped_statements.first(kind)


def agreed_versions(kind: str) -> list[Statement]:
    """Every version that holds or has held, newest first: of the signed ones alone."""
    return list(Statement.objects.in_force().filter(kind=kind))


def to_start_from(kind: str) -> dict[str, str]:
    """What a new draft begins with: the words that hold today, and nobody's name under them."""
    current = statement(kind)
    return {"kind": kind, "short": current.short, "text": current.text}
