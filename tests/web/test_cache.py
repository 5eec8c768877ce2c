"""What the cache holds is data, never code."""

import json
import os

import pytest
import redis
from django.core.cache import cache

from wellbeing.web import tasks


@pytest.fixture
def valkey():
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        yield client


def test_everything_the_portal_writes_into_the_cache_is_json(valkey, client, asha):
    tasks.heartbeat.apply(headers={"beat_sent": 1.5})
    for _ in range(2):
        client.post("/account/login/", {"login": asha.email, "password": "not the right one"})

    kept = {key.decode(): valkey.get(key) for key in valkey.keys("wellbeing:*")}
    assert any("heartbeat" in key for key in kept)
    assert any("login" in key for key in kept)
    for value in kept.values():
        json.loads(value)


@pytest.mark.parametrize("value", [7, 7.25, True, None, "1", "é", [1763800000.5, 2], {"a": [1]}])
def test_a_value_comes_back_as_it_was_written(value):
    cache.set("one", value)
    assert cache.get("one", "nothing") == value
    assert type(cache.get("one", "nothing")) is type(value)


def test_a_number_can_be_counted_up():
    cache.set("count", 1)
    assert cache.incr("count") == 2


def test_too_many_wrong_passwords_are_still_refused(client, asha):
    for _ in range(12):
        answer = client.post("/account/login/", {"login": asha.email, "password": "not the right one"})
    assert "Too many" in answer.content.decode()
