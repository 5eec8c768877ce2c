from celery import shared_task

from .actions import career


@shared_task
def pass_on_askings() -> None:
    """What no career mentor answered in time is passed on to the next."""
    career.pass_on()
