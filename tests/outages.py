"""Taking a part of the portal away for the length of a block."""

from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection
from django.test import override_settings


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
