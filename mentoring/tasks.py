from celery import shared_task

from .actions import absence_feed, career, contacts, figures, welfare


@shared_task
def pass_on_askings() -> None:
    """What no career mentor answered in time is passed on to the next."""
    career.pass_on()


@shared_task
def sync_contact() -> None:
    """Where a line manager keeps contact, it is whoever is line manager now: what the roster's changes did not find,
    as where the wellbeing lead has confirmed somebody new."""
    contacts.sync()


@shared_task
def close_gaps() -> None:
    """End the terms whose last day has passed; nobody away is left without contact for it."""
    welfare.close_gaps()


@shared_task
def purge_absence_feeds() -> None:
    """Take away HR's files of absences whose day is over."""
    absence_feed.purge()


@shared_task
def publish_figures() -> None:
    """Publish the figures of quarters that are over."""
    figures.publish()
