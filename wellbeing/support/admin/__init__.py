"""The coordinator's lists: topics, services and guidance."""

from . import guidance, services, topics  # noqa: F401 - they register themselves
