from celery import shared_task

from . import actions, old_addresses
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


@shared_task
def tell_old_addresses() -> None:
    """Tell people at the address they signed in with before that it was changed."""
    old_addresses.tell()
