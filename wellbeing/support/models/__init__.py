"""Topics, services, guidance, what was signed, and whether a page helped: a file for each."""

from .facts import Kind, Scope, Shares
from .feedback import Answer, Feedback
from .guidance import Guidance, GuidanceVersion
from .handouts import Handout, HandoutFile
from .services import Service
from .statements import Statement, StatementKind
from .topics import Topic

__all__ = [
    "Answer",
    "Feedback",
    "Guidance",
    "GuidanceVersion",
    "Handout",
    "HandoutFile",
    "Kind",
    "Scope",
    "Service",
    "Shares",
    "Statement",
    "StatementKind",
    "Topic",
]
