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
