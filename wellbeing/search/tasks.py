from celery import shared_task
from celery.signals import worker_ready

from .actions import learn_words


@shared_task
def learn():
    learn_words()


@worker_ready.connect
def learn_at_once(**_):
    """A portal that has only just started knows its words at once, and not after the first hours."""
    learn.delay()
