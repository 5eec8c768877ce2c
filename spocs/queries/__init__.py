"""What is shown of SPOCs. Listed ones only, whoever asks; never a count by anything."""

from wellbeing.support.hours import is_night

from .finding import listed_for_topic, people
from .profiles import in_fair_order, is_invited, is_spoc, topics_of

__all__ = ["in_fair_order", "is_invited", "is_night", "is_spoc", "listed_for_topic", "people", "topics_of"]
