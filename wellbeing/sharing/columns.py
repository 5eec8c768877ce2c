"""Which columns are shared, and no others. A test holds them against what `wellbeing.personal_data` says of each."""

from champions.models import Rules as ChampionRules
from forum.models import Commitment, Measurement, Meeting, Outcome, Strand
from forum.models import Rules as ForumRules
from mentoring.models import Rules as MentoringRules
from spocs.models import StoryRules
from wellbeing.people.models import Division, Force
from wellbeing.support.models import Guidance

OUTCOME = ("said", "text", "next", "area", "status")
COMMITMENT = (
    *("area", "origin", "text", "unit", "baseline", "baseline_value", "baseline_on"),
    *("target", "target_value", "due", "measure_months"),
)
MEASUREMENT = ("day", "value", "word", "note")
GUIDANCE = ("title", "summary", "text")

# The rules of each strand; a telephone number among them is this force's own, and stays here.
RULES = {
    "champions": (
        ChampionRules,
        ("refresher_months", "waiting_order", "offer_days", "term_months", "supervision_weeks", "needs_vetting"),
    ),
    "forum": (
        ForumRules,
        (
            *("quorum_share", "agenda_opens_days", "agenda_closes_days", "publish_days", "comment_days"),
            *("post_days", "relay_days", "screen_seconds"),
        ),
    ),
    "mentoring": (
        MentoringRules,
        (
            *("every_weeks", "contact_from_day", "contact_by_day", "contact_every_days", "pause_days"),
            *("half_pay_days", "return_late_days", "mentor_answer_days", "supervision_weeks"),
        ),
    ),
    "stories": (StoryRules, ("days_to_think",)),
}

# Everything that leaves the portal, by table.
SHARED = {
    Force: ("name",),
    Division: ("name",),
    Strand: ("name", "sort"),
    Meeting: ("starts_at",),
    Outcome: OUTCOME,
    Commitment: COMMITMENT,
    Measurement: MEASUREMENT,
    Guidance: GUIDANCE,
    **dict(RULES.values()),
}
