from celery import shared_task

from . import actions
from .roster import imports


@shared_task
def carry_on_import(key: int) -> None:
    """Take an import one step further, as soon as somebody has asked for it."""
    imports.carry_on(key)


@shared_task
def carry_on_imports() -> None:
    """Take up imports whose message was lost or whose worker died."""
    imports.carry_on_waiting()


@shared_task
def purge_imports() -> None:
    """Drop what is no longer kept of earlier imports."""
    imports.purge()


@shared_task
def carry_out_leaving() -> None:
    """Unlist and sign out those whose last day has passed."""
    actions.carry_out_leaving()
