"""Whoever looks after a station's poster is asked whether it hangs: when it is new, and when it says something else."""

from django.conf import settings

from champions import posted_links
from champions.queries.posters import to_ask
from wellbeing.reminders.kinds import Kind, register

POSTER = "champions.poster"


def one_tap(reminder) -> tuple[str, str] | None:
    """What a mail says and where its link leads; None once nothing is asked any more."""
    coverage = to_ask().filter(pk=reminder.about).select_related("station__posting").first()
    if coverage is None:
        return None
    address = posted_links.address_of(coverage.station_id, coverage.station.posting.says, coverage.champion_id)
    return "Your station's poster: say that it hangs", settings.PORTAL_URL + address


register(
    Kind(
        name=POSTER,
        title="That my station's poster is new, and to be hung up",
        due=to_ask,
        reader="champion__person_id",
        day="says_since",
        steps=(0,),
        sentence="Your station's poster is new since {due}. Please print it, hang it up, and say that it hangs.",
        page="champions:mine",
        one_tap=one_tap,
    )
)
