"""The coordinator's lists: topics, services, guidance, and what is signed."""

from . import guidance, services, statements, topics  # noqa: F401 - they register themselves
