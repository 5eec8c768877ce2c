"""Topics, services and guidance: a file for each."""

from .guidance import Guidance
from .services import Scope, Service, Shares
from .topics import Topic

__all__ = ["Guidance", "Scope", "Service", "Shares", "Topic"]
