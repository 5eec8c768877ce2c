"""Taking a part of the portal away for the length of a block."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import redis
from django.db import connection
from django.test import override_settings
from kombu import pools


@contextmanager
def database_away():
    """Nobody answers where the database should be. For tests with `transactional_db`."""
    connection.close()
    with patch.dict(connection.settings_dict, HOST="/nonexistent"):
        yield
        connection.close()


@contextmanager
def broker_away():
    """Nobody answers where the broker and the cache should be."""
    from django.conf import settings

    away = "unix:///nonexistent/valkey.sock"
    with override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": away}}):
        yield


@contextmanager
def broker_hung(folder: Path):
    """Broker and cache take connections and answer nothing. A Valkey of its own in `folder`, stopped by SIGSTOP."""
    from django.conf import settings

    from wellbeing.embedded import valkey

    (folder / "logs").mkdir()
    with valkey.running(folder, folder, throwaway=True) as address:
        with redis.Redis.from_url(address) as client:
            process = client.info("server")["process_id"]
        os.kill(process, signal.SIGSTOP)
        try:
            with (
                override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": address}}),
                messages_sent_to(address.replace("unix://", "redis+socket://")),
            ):
                yield
        finally:
            os.kill(process, signal.SIGCONT)


@contextmanager
def messages_sent_to(broker: str):
    """Celery sends its messages there."""
    from wellbeing.celery import app

    before = app.conf.broker_url
    _send_to(app, broker)
    try:
        yield
    finally:
        _send_to(app, before)


def _send_to(app, broker: str) -> None:
    app.conf.broker_url = broker
    pools.reset()
    app._pool = app.amqp._producer_pool = None
