"""What somebody reads on a page."""

import re
from html import unescape


def text_of(response) -> str:
    """The words of a page's body as one line, without its tags."""
    body = response.content.decode().partition("<body")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
