"""What somebody reads on a page."""

import re
from html import unescape


def text_of(response) -> str:
    """The words of a page's main part, or of all of it where it has none, as one line without its tags."""
    page = response.content.decode()
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2] or page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
