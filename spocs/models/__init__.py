"""SPOCs and what they are willing to talk about, and stories: a file for each part."""

from .profiles import CONFIRM_AFTER, LISTED_AFTER, Gender, RankBand, Spoc, State, TopicConsent
from .stories import OPEN, Authorship, NameShown, Printing, Story, StoryRules, StoryState, StoryVersion, Tick

__all__ = [
    "CONFIRM_AFTER",
    "LISTED_AFTER",
    "OPEN",
    "Authorship",
    "Gender",
    "NameShown",
    "Printing",
    "RankBand",
    "Spoc",
    "State",
    "Story",
    "StoryRules",
    "StoryState",
    "StoryVersion",
    "Tick",
    "TopicConsent",
]
