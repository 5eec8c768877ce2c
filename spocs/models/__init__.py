"""SPOCs and what they are willing to talk about: a file for each part."""

from .profiles import CONFIRM_AFTER, LISTED_AFTER, Gender, RankBand, Spoc, State, TopicConsent

__all__ = ["CONFIRM_AFTER", "LISTED_AFTER", "Gender", "RankBand", "Spoc", "State", "TopicConsent"]
