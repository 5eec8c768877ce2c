"""What is shown of guidance, and what is due."""

from ..models import Guidance

_LONGEST_KEY = 19  # digits of what the database can count to


def published_guidance():
    """The pages that everybody may read, by title, with their owners."""
    return Guidance.objects.published().select_related("owner")


def guidance_to_review():
    """The published pages that somebody keeps right, each to be looked at again on its `review_on`."""
    return Guidance.objects.published().filter(owner__isnull=False)


def guidance_address(key: str) -> str | None:
    """The address of the published page of this key; None where there is none."""
    page = published_guidance().filter(pk=key).first() if key.isdecimal() and len(key) < _LONGEST_KEY else None
    return page.get_absolute_url() if page else None


def guidance_titles(keys: set[str]) -> dict[str, str]:
    """The titles of these pages, by key."""
    known = [int(key) for key in keys if key.isdecimal() and len(key) < _LONGEST_KEY]
    return {str(page.pk): page.title for page in Guidance.objects.filter(pk__in=known)}
