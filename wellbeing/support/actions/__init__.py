"""The only writes to topics, services, guidance, statements and handouts. Each is recorded; answers are counted."""

from .feedback import count_answer, forget_answers
from .guidance import in_a_year, load_shipped_guidance, restore_guidance, reviewed, save_guidance
from .handouts import add_handout, remove_handout
from .services import load_shipped_services, remove_service, save_service, verify_service
from .statements import approve_statement, draft_statement
from .topics import load_shipped_topics, save_topic

__all__ = [
    "add_handout",
    "approve_statement",
    "count_answer",
    "draft_statement",
    "forget_answers",
    "in_a_year",
    "load_shipped_guidance",
    "load_shipped_services",
    "load_shipped_topics",
    "remove_handout",
    "remove_service",
    "restore_guidance",
    "reviewed",
    "save_guidance",
    "save_service",
    "save_topic",
    "verify_service",
]
