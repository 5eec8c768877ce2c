from celery import shared_task

from .actions import requirements


@shared_task
def sync_required() -> None:
    """Who must hold what, and how they stand, follows the days: a last day over, a session held, a rule forgotten."""
    requirements.sync()
