"""SPOCs and what they are willing to talk about: a file for each part."""

from .profiles import Gender, RankBand, Spoc, State, TopicConsent

__all__ = ["Gender", "RankBand", "Spoc", "State", "TopicConsent"]
