"""The heartbeat by which `/healthz/` knows that beat sends and the worker works; and sessions that are over."""

import logging
import time
from importlib import import_module

from celery import shared_task
from celery.signals import beat_init, before_task_publish, worker_init, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError

from . import health, logins

_BEAT_SENT = "beat_sent"

logger = logging.getLogger(__name__)


@shared_task(bind=True)
def heartbeat(self) -> None:
    """Write that the worker works, and when beat sent this; beat's own time travels in the message's headers."""
    health.write_heartbeat(beat_sent=(self.request.headers or {}).get(_BEAT_SENT))


@shared_task
def purge_sessions() -> None:
    """Delete the rows of sessions that are over; nobody else does."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@beat_init.connect
def beat_starts(**kwargs) -> None:
    """From now on this process stamps what it sends; the first heartbeat goes at once, not in 20 seconds."""
    before_task_publish.connect(_stamp, sender=heartbeat.name)
    _send()


@worker_init.connect
def worker_signs_in_as_itself(**kwargs) -> None:
    """Celery would log an exception and go on: only an exit stops a worker that has the owner's login."""
    try:
        logins.require_login("worker")
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from refusal


@worker_ready.connect
def worker_starts(**kwargs) -> None:
    """A worker that has just started shows itself at once."""
    _send()


def _stamp(headers: dict, **kwargs) -> None:
    headers[_BEAT_SENT] = time.time()


def _send() -> None:
    try:
        heartbeat.apply_async(retry=False)
    except OperationalError:
        logger.warning("The broker does not answer yet; the next heartbeat follows in 20 seconds.")
