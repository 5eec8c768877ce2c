import os

import hypothesis
import pytest

from tests import order

pytest_plugins = ["tests.cast"]

# Examples are drawn on a machine that also runs browsers and servers: how long one takes says nothing about the code.
hypothesis.settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy machine")


@pytest.hookimpl(trylast=True)  # after pytest-django has sorted, and what is not run has been taken out
def pytest_collection_modifyitems(items):
    items[:] = order.for_workers(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
