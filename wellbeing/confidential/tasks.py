from celery import shared_task

from . import retention


@shared_task
def purge() -> None:
    """Take away what is past its period."""
    retention.purge()
