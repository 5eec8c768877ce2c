import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.outages import broker_away, database_away
from wellbeing.web import tasks

pytestmark = pytest.mark.django_db(transaction=True)

OUTSIDE = "203.0.113.9"


def beat_sends_and_the_worker_works(*, seconds_ago: int = 0) -> None:
    headers = {}
    tasks._stamp(headers)
    headers["beat_sent"] -= seconds_ago
    tasks.heartbeat.apply(headers=headers)


def a_worker_starts_without_beat() -> None:
    tasks.heartbeat.apply()


@pytest.fixture
def health(client):
    """What `/healthz/` says, asked from this machine: status and JSON."""

    def ask(**request):
        response = client.get("/healthz/", **request)
        return response.status_code, response.json()

    return ask


def test_all_is_well_when_database_broker_worker_and_beat_are_alive(health):
    beat_sends_and_the_worker_works()

    assert health() == (200, {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"})


def test_before_the_first_heartbeat_worker_and_beat_are_named(health):
    status, parts = health()

    assert (status, parts["status"]) == (503, "down")
    assert parts["worker"] == parts["beat"] == "no heartbeat yet"
    assert parts["database"] == parts["broker"] == "ok"


def test_a_worker_that_works_does_not_make_beat_alive(health):
    a_worker_starts_without_beat()

    status, parts = health()

    assert status == 503
    assert parts["worker"] == "ok"
    assert parts["beat"] == "no heartbeat yet"


def test_beat_that_fell_silent_is_named_though_the_worker_works(health, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    beat_sends_and_the_worker_works(seconds_ago=90)

    status, parts = health()

    assert status == 503
    assert parts["worker"] == "ok"
    assert parts["beat"] == "last heartbeat 90 seconds ago"


def test_a_minute_without_heartbeat_is_too_long(health, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    beat_sends_and_the_worker_works()
    time_machine.shift(timedelta(seconds=61))

    status, parts = health()

    assert status == 503
    assert parts["worker"] == parts["beat"] == "last heartbeat 61 seconds ago"


def test_a_database_that_is_away_is_named(health):
    beat_sends_and_the_worker_works()
    with database_away():
        status, parts = health()

    assert status == 503
    assert parts["database"] == "does not answer"
    assert parts["broker"] == parts["worker"] == parts["beat"] == "ok"


def test_a_database_that_is_away_is_named_to_a_browser_with_a_session_too(health, client, asha):
    client.force_login(asha)
    client.raise_request_exception = False
    with database_away():
        status, parts = health()

    assert status == 503
    assert parts["database"] == "does not answer"


def test_a_broker_that_is_away_is_named_at_once(health):
    started = time.monotonic()
    with broker_away():
        status, parts = health()

    assert status == 503
    assert parts["broker"] == "does not answer"
    assert parts["database"] == "ok"
    assert time.monotonic() - started < 3


def test_from_outside_the_details_are_hidden(health):
    assert health(REMOTE_ADDR=OUTSIDE) == (503, {"status": "down"})

    beat_sends_and_the_worker_works()

    assert health(REMOTE_ADDR=OUTSIDE) == (200, {"status": "ok"})


@pytest.mark.parametrize("forwarded", [OUTSIDE, "127.0.0.1", ",", " ", ""])
def test_a_forwarded_request_is_not_from_this_machine(health, forwarded):
    assert health(HTTP_X_FORWARDED_FOR=forwarded) == (503, {"status": "down"})


@pytest.mark.parametrize("forwarded", [OUTSIDE, f"127.0.0.1, {OUTSIDE}", ""])
def test_behind_a_trusted_proxy_its_own_word_counts(health, settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert health(HTTP_X_FORWARDED_FOR=forwarded) == (503, {"status": "down"})


def test_behind_a_trusted_proxy_this_machine_still_sees_the_details(health, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert "worker" in health(HTTP_X_FORWARDED_FOR="::1")[1]


def test_the_technical_admin_sees_the_details_from_anywhere(health, client, technical_admin):
    client.force_login(technical_admin)

    assert "worker" in health(REMOTE_ADDR=OUTSIDE)[1]


@pytest.mark.parametrize("colleague", ["asha", "hr", "coordinator", "dpo"])
def test_nobody_else_sees_them(health, client, request, colleague):
    client.force_login(request.getfixturevalue(colleague))

    assert health(REMOTE_ADDR=OUTSIDE) == (503, {"status": "down"})


def test_a_load_balancer_is_told_of_process_and_database_alone(client):
    assert client.get("/livez/").json() == {"status": "ok"}
    with database_away():
        response = client.get("/livez/")

    assert (response.status_code, response.json()) == (503, {"status": "down"})


def test_a_load_balancer_costs_one_query(client, django_assert_num_queries):
    client.get("/livez/")
    with django_assert_num_queries(1):
        client.get("/livez/")


@pytest.mark.parametrize("address", ["/livez/", "/healthz/"])
def test_no_answer_is_kept_in_a_cache(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"
