"""Before any test module is imported: the models want settings, and settings.py wants real servers."""

import pytest

pytest.register_assert_rewrite("tests.databases")

from tests import databases  # noqa: E402 (after the line above, or pytest warns)

databases.start()
pytest_plugins = ["tests.databases"]
