from uuid import UUID

from celery import shared_task

from . import actions
from .actions import offers, waiting


@shared_task
def end_absences() -> None:
    """Bring back whoever's last day away is over. Pages go by the dates; this keeps the state true as well."""
    actions.end_absences()


@shared_task
def pass_on_offers() -> None:
    """What nobody answered in time goes to the next on the waiting list; whoever has left is on it no longer."""
    offers.pass_on()
    waiting.purge()


@shared_task
def make_posters(key: str) -> None:
    """Make the file of posters that somebody has just asked for."""
    actions.make_posters(UUID(key))


@shared_task
def make_waiting_posters() -> None:
    """Take up files of posters whose message was lost or whose worker died."""
    actions.make_waiting_posters()


@shared_task
def purge_posters() -> None:
    """Take away files of posters that are a day old."""
    actions.purge_posters()


@shared_task
def look_at_posters() -> None:
    """See which posters say something else, and ask for them to be hung anew."""
    actions.look_at_posters()
