"""What the tests of SPOCs and their stories share."""

import pytest

from wellbeing.support.models import Topic


@pytest.fixture
def topic(db):
    return Topic.objects.create(name="Not sleeping of the test")
