"""Before any test module is imported: settings.py wants real servers, and the models want settings."""

from tests import databases

databases.start()
pytest_plugins = ["tests.databases"]
