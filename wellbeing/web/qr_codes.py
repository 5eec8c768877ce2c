"""QR codes as SVG: black on white, with the quiet margin that telephones need."""

from base64 import b64encode
from functools import lru_cache

import segno


@lru_cache(maxsize=512)
def svg_of(address: str) -> str:
    """The code of an address, as a drawing without a size of its own. A sixth of it may be scratched or covered."""
    return segno.make_qr(address, error="m").svg_inline(border=4, light="#fff", dark="#000", omitsize=True)


def picture_of(address: str) -> str:
    """The same as the address of a picture, for a page."""
    return f"data:image/svg+xml;base64,{b64encode(standing_alone(address)).decode()}"


def standing_alone(address: str) -> bytes:
    """The same as a file."""
    return svg_of(address).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()
