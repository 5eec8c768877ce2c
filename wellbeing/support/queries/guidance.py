"""What is shown of guidance, and what is due."""

from ..models import Guidance


def published_guidance():
    """The pages that everybody may read, by title, with their owners."""
    return Guidance.objects.published().select_related("owner")


def guidance_to_review():
    """The published pages that somebody keeps right, each to be looked at again on its `review_on`."""
    return Guidance.objects.published().filter(owner__isnull=False)
