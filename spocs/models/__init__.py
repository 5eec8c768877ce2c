"""SPOCs and what they are willing to talk about, and stories: a file for each part."""

from .profiles import CONFIRM_AFTER, LISTED_AFTER, Gender, RankBand, Spoc, State, TopicConsent
from .stories import OPEN, Authorship, NameShown, Printing, Story, StoryRules, StoryState, StoryVersion, Tick
from .volunteering import SUPERVISED_AFTER, Conversation, Heavy, Lacked, SpocSupervision, week_of

__all__ = [
    "CONFIRM_AFTER",
    "LISTED_AFTER",
    "OPEN",
    "SUPERVISED_AFTER",
    "Authorship",
    "Conversation",
    "Gender",
    "Heavy",
    "Lacked",
    "NameShown",
    "Printing",
    "RankBand",
    "Spoc",
    "SpocSupervision",
    "State",
    "Story",
    "StoryRules",
    "StoryState",
    "StoryVersion",
    "Tick",
    "TopicConsent",
    "week_of",
]
