"""The addresses at which somebody says, without signing in, that what the forum decided hangs on a board.

They are signed. The one in a mail names who was asked; the one printed on the paper names nobody, and is good for as
long as the paper says what it should.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse

_SIGNER = "forum.hung"


@dataclass(frozen=True)
class Hung:
    """What an address says: in a mail, who was asked; on paper, which edition of which meeting hangs in a division."""

    keeper_id: UUID | None = None
    meeting_id: UUID | None = None
    edition: int = 0
    division_id: int = 0


def address_in_mail(keeper_id: UUID) -> str:
    """The address for whoever was asked, without the portal's own."""
    return _address(f"k-{keeper_id.hex}")


def address_on_paper(meeting_id: UUID, edition: int, division_id: int) -> str:
    """The address printed on the paper, without the portal's own."""
    return _address(f"p-{meeting_id.hex}-{edition}-{division_id}")


def read(token: str) -> Hung | None:
    """What an address says; None for one that is not ours."""
    try:
        sort, *parts = _signer().unsign(token).split("-")
    except signing.BadSignature:
        return None
    if sort == "k":
        return Hung(keeper_id=UUID(parts[0]))
    return Hung(meeting_id=UUID(parts[0]), edition=int(parts[1]), division_id=int(parts[2]))


def _address(said: str) -> str:
    return reverse("noticeboard_hung", args=[_signer().sign(said)])


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER)
