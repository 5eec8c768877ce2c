"""The only writes to topics, services and guidance. Each is recorded."""

from .guidance import in_a_year, load_shipped_guidance, reviewed, save_guidance
from .services import load_shipped_services, remove_service, save_service, verify_service
from .topics import load_shipped_topics, save_topic

__all__ = [
    "in_a_year",
    "load_shipped_guidance",
    "load_shipped_services",
    "load_shipped_topics",
    "remove_service",
    "reviewed",
    "save_guidance",
    "save_service",
    "save_topic",
    "verify_service",
]
