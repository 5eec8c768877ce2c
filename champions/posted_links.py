"""The address at which somebody says that a station's poster hangs, without signing in.

It is signed, and good for as long as the poster says the same: it names the station and the fingerprint of what hangs
there, and, in a mail, the champion whom it went to. The one printed on the poster names nobody.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse

_SIGNER = "champions.posted"


@dataclass(frozen=True)
class Posted:
    """What an address says: that this poster hangs at that station, by whom it was asked."""

    station_id: int
    fingerprint: str
    champion_id: UUID | None = None


def address_of(station_id: int, fingerprint: str, champion_id: UUID | None = None) -> str:
    """The address, without the portal's own."""
    parts = [str(station_id), fingerprint, *([champion_id.hex] if champion_id else [])]
    return reverse("champions:posted", args=[_signer().sign("-".join(parts))])


def read(token: str) -> Posted | None:
    """What an address says; None for one that is not ours."""
    try:
        station, fingerprint, *champion = _signer().unsign(token).split("-")
    except signing.BadSignature:
        return None
    return Posted(int(station), fingerprint, UUID(champion[0]) if champion else None)


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER)
