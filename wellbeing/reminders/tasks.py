from celery import shared_task

from . import actions, sending


@shared_task
def sweep() -> None:
    """Find what has fallen due; the worker that sends is woken where something has."""
    actions.sweep()


@shared_task
def send_due() -> None:
    """Send what waits in the outbox."""
    sending.send_due()
