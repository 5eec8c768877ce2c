"""What is shown of services."""

from .. import snapshot


def urgent_groups() -> dict[str, list[snapshot.Listed]]:
    """The services of the page for urgent help: urgent ones, others, the force's own; asks no database."""
    services = snapshot.services()
    return {
        "urgent": [service for service in services if service.urgent],
        "others": [service for service in services if not (service.urgent or service.internal)],
        "internal": [service for service in services if service.internal and not service.urgent],
    }
