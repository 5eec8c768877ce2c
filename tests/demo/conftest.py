import pytest
from django.utils import timezone

from tests.demo.fixtures import demo, loaded_once

__all__ = ["demo", "loaded_once"]


@pytest.fixture
def today():
    return timezone.localdate()
