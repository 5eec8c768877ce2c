"""What champions are reminded of."""

from wellbeing.reminders import kinds

from .models import Champion


def refreshers_due():
    """Champion, person, date: everybody who serves and has a date by which to be refreshed."""
    serving = Champion.objects.serving().filter(refresher_due__isnull=False)
    return serving.values_list("pk", "person_id", "refresher_due")


kinds.register(
    kinds.Kind(
        name="champions.refresher",
        due=refreshers_due,
        steps=(60, 30, 0),
        sentence="Your champion refresher training is due on {due}.",
        page="champions:mine",
    )
)
