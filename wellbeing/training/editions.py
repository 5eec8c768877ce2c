"""How two people who change the same thing at once are kept from overwriting each other unseen."""

import hashlib

from django.core.exceptions import ValidationError

CHANGED_MEANWHILE = "Somebody else has changed this meanwhile. Open the page again to see how it stands now."


def edition(*values) -> str:
    """A short mark of what these values are: another one once any of them is."""
    return hashlib.sha256(repr([str(value) for value in values]).encode()).hexdigest()[:16]


def refuse_another(seen: str, now: str) -> None:
    """Raises ValidationError where somebody saw another edition than stands now; `seen` is empty where nobody asks."""
    if seen and seen != now:
        raise ValidationError(CHANGED_MEANWHILE)
