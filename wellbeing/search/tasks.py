from celery import shared_task

from .actions import learn_words


@shared_task
def learn():
    learn_words()
