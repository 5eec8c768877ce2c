"""The roster's pages in the admin: people, places, roles, history, imports."""

from . import history, people, places, role_assignments, roster_imports  # noqa: F401 - each registers its pages
from .base import ActionsAdmin

__all__ = ["ActionsAdmin"]
