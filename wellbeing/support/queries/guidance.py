"""What is shown of guidance, and what is due."""

import re
from collections.abc import Callable

from ..models import Guidance

_NAMED = re.compile(r"/guidance/(?P<slug>[-\w]+)/")


def published_guidance():
    """The pages that everybody may read, by title, with their owners."""
    return Guidance.objects.published().select_related("owner")


def leads_of(text: str) -> Callable[[str], str]:
    """Where each link in a text of guidance leads: to another page by its address, also where it is written by name.

    One query, where the text has a link of that kind.
    """
    named = {found["slug"] for found in _NAMED.finditer(text)}
    pages = published_guidance().filter(slug__in=named) if named else ()
    addresses = {f"/guidance/{page.slug}/": page.get_absolute_url() for page in pages}
    return lambda address: addresses.get(address, address)


def guidance_to_review():
    """The published pages that somebody keeps right, each to be looked at again on its `review_on`."""
    return Guidance.objects.published().filter(owner__isnull=False)
