"""What is shown of topics, services, guidance and what was signed, what is due, and what helped."""

from .feedback import helped, sees_answers
from .guidance import guidance_to_review, leads_of, published_guidance
from .handouts import content_of, handouts_of, handouts_open_to
from .services import division_of, services_to_try, signposts, urgent_groups
from .statements import agreed_versions, statement, to_start_from
from .topics import topics_meant

__all__ = [
    "agreed_versions",
    "content_of",
    "division_of",
    "guidance_to_review",
    "handouts_of",
    "handouts_open_to",
    "helped",
    "leads_of",
    "published_guidance",
    "sees_answers",
    "services_to_try",
    "signposts",
    "statement",
    "to_start_from",
    "topics_meant",
    "urgent_groups",
]
