"""Topics, services, guidance, what was signed, and whether a page helped: a file for each."""

from .feedback import Answer, Feedback
from .guidance import Guidance, GuidanceVersion
from .handouts import Handout, HandoutFile
from .services import Scope, Service, Shares
from .statements import Statement, StatementKind
from .topics import Topic

__all__ = [
    "Answer",
    "Feedback",
    "Guidance",
    "GuidanceVersion",
    "Handout",
    "HandoutFile",
    "Scope",
    "Service",
    "Shares",
    "Statement",
    "StatementKind",
    "Topic",
]
