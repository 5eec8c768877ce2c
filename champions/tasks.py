from celery import shared_task

from . import actions


@shared_task
def end_absences() -> None:
    """Bring back whoever's last day away is over. Pages go by the dates; this keeps the state true as well."""
    actions.end_absences()
