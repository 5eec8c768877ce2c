from celery import shared_task
from celery.signals import worker_ready
from kombu.exceptions import OperationalError

from . import actions, sending
from .models import Run
from .runs import written_down


@shared_task
def sweep() -> None:
    """Find what has fallen due; the worker that sends is woken where something has."""
    with written_down(Run.What.SWEEP) as tally:
        tally.number = sum(actions.sweep().values())


@shared_task
def send_due() -> None:
    """Send what waits in the outbox."""
    with written_down(Run.What.SEND) as tally:
        tally.number = sending.send_due()


@worker_ready.connect
def look_at_once(**kwargs) -> None:
    """A worker that starts looks what was missed meanwhile, instead of waiting for the next scheduled time."""
    try:
        sweep.apply_async(retry=False)
        send_due.apply_async(retry=False)
    except OperationalError:
        return  # the broker is away again: the schedule comes round
