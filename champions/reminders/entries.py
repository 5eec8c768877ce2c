"""What champions are reminded of."""

from champions.models import Champion, State
from wellbeing.reminders.kinds import Kind, register

REFRESHER, AWAY = "champions.refresher", "champions.away"


def refreshers_due():
    """Everybody who serves and has a date by which to be refreshed."""
    return Champion.objects.serving().filter(refresher_due__isnull=False)


def absences():
    """Everybody who serves and is away, or will be."""
    return Champion.objects.serving().filter(state=State.AWAY)


register(
    Kind(
        name=REFRESHER,
        title="My champion refresher training",
        due=refreshers_due,
        reader="person_id",
        day="refresher_due",
        steps=(60, 30, 0),
        sentence="Your champion refresher training is due on {due}.",
        late="Your champion refresher training was due on {due}.",
        page="champions:mine",
        limit=True,
        calendar="refresher",
    )
)
register(
    Kind(
        name=AWAY,
        title="The end of my time away as a champion",
        due=absences,
        reader="person_id",
        day="away_until",
        steps=(3,),
        limit=True,
        sentence="Your last day away as a champion is {due}. From the next day your entry says that you are here.",
        page="champions:mine",
    )
)
