"""Whether the portal's parts are alive, for whoever keeps it running.

`/livez/` is for a load balancer: this process and its database. `/healthz/` tells all: database,
broker, worker and beat. The last two are known by a heartbeat: beat sends it every 20 seconds, and
the worker writes down in the cache when beat sent it and when it arrived.
"""

import ipaddress
import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

STALE_AFTER_SECONDS = 60
_KEPT_SECONDS = 24 * 60 * 60
_KEYS = {"worker": "heartbeat:worker", "beat": "heartbeat:beat"}


@login_not_required
@transaction.non_atomic_requests
def livez(request: HttpRequest) -> JsonResponse:
    """200 while this process reaches its database, otherwise 503."""
    return _answer({"database": database()}, details=False)


@login_not_required
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part is alive, otherwise 503; what is not is named to loopback and the technical admin only."""
    parts = every_part()
    return _answer(parts, details=_may_see_details(request, parts))


def every_part() -> dict[str, str]:
    """ "ok" or what is wrong in a few words, for database, broker, worker and beat."""
    return {"database": database(), **broker_and_heartbeats()}


def database() -> str:
    """ "ok", or what is wrong in a few words."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return "does not answer"
    return "ok"


def broker_and_heartbeats() -> dict[str, str]:
    """ "ok" or what is wrong, for broker, worker and beat; one question to the cache."""
    try:
        seen = cache.get_many(_KEYS.values())
    except (RedisError, OSError):
        return {"broker": "does not answer", **dict.fromkeys(_KEYS, "not known while the broker is away")}
    return {"broker": "ok", **{part: _freshness(seen.get(key)) for part, key in _KEYS.items()}}


def write_heartbeat(*, beat_sent: float | None) -> None:
    """Write that the worker works now, and when beat sent the message (Unix seconds; None if beat did not)."""
    cache.set(_KEYS["worker"], time.time(), timeout=_KEPT_SECONDS)
    if beat_sent:
        cache.set(_KEYS["beat"], beat_sent, timeout=_KEPT_SECONDS)


def client_address(request: HttpRequest) -> str:
    """Where the request came from, "" where that cannot be known.

    Behind a proxy every request looks like loopback: the address is then the one which the outermost
    trusted proxy (TRUSTED_PROXY_COUNT) wrote down. A forwarded request without a trusted proxy is not believed.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies:
        return forwarded[-proxies] if len(forwarded) >= proxies else ""
    return "" if "X-Forwarded-For" in request.headers else request.META.get("REMOTE_ADDR", "")


def _answer(parts: dict[str, str], *, details: bool) -> JsonResponse:
    alive = all(state == "ok" for state in parts.values())
    body = {"status": "ok" if alive else "down", **(parts if details else {})}
    answer = JsonResponse(body, status=200 if alive else 503, headers={"Cache-Control": "no-store"})
    answer._has_been_logged = True  # asked every few seconds, it is an answer; Django would log each 503 as an error
    return answer


def _freshness(written: float | None) -> str:
    if written is None:
        return "no heartbeat yet"
    age = time.time() - written
    return "ok" if age < STALE_AFTER_SECONDS else f"last heartbeat {age:.0f} seconds ago"


def _may_see_details(request: HttpRequest, parts: dict[str, str]) -> bool:
    if _is_loopback(client_address(request)):
        return True
    return parts["database"] == "ok" and hasattr(request, "user") and request.user.has_perm("web.view_health")


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback
