from celery import shared_task

from .actions import requests


@shared_task
def delete_what_is_over() -> None:
    """Delete requests after 28 days, and the keys of their weeks."""
    requests.delete_what_is_over()
