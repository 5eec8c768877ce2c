from celery import shared_task

from . import mails


@shared_task
def send_mails() -> None:
    """Send codes and words that wait."""
    mails.send_codes()
    mails.send_notices()
