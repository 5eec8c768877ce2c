"""What is shown of guidance, and what is due."""

from . import snapshot
from .models import Guidance


def urgent_groups() -> dict[str, list[snapshot.Listed]]:
    """The services of the page for urgent help: urgent ones, others, the force's own; asks no database."""
    services = snapshot.services()
    return {
        "urgent": [service for service in services if service.urgent],
        "others": [service for service in services if not (service.urgent or service.internal)],
        "internal": [service for service in services if service.internal and not service.urgent],
    }


def published_guidance():
    """The pages that everybody may read, by title, with their owners."""
    return Guidance.objects.published().select_related("owner")


def guidance_to_review():
    """The published pages that somebody keeps right, each to be looked at again on its `review_on`."""
    return Guidance.objects.published().filter(owner__isnull=False)
