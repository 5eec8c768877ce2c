"""Keeps the urgent numbers on the screen when the database or the broker is away.

Sessions, identity and the sign-in check all ask the database, so this middleware stands before them
all. It answers the pages that need nothing, and turns an outage met anywhere behind it into one
503 page with the numbers on it. Those templates are rendered without a request: nothing in them can
look up who is signed in.
"""

import logging
import sys

from csp.middleware import CSPMiddleware
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.template.loader import render_to_string
from django.urls import resolve
from redis import exceptions as redis

from . import doors, health
from .headers import HeadersMiddleware
from .urgent_numbers import urgent_numbers

OUTAGES = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)
RETRY_AFTER_SECONDS = 30
# Answered here, before sessions and identity; `/livez/` asks the database itself, once.
ANSWERED_FIRST = ("/urgent/", "/my-plan/urgent/", "/livez/")

logger = logging.getLogger(__name__)


class OutageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.answer_first = with_headers(_view_of_the_address)
        self.unavailable = with_headers(unavailable)
        got_request_exception.connect(note_outage)

    def __call__(self, request):
        request.outage = False
        if request.path_info.rstrip("/") + "/" in ANSWERED_FIRST:
            return self.answer_first(request)
        try:
            response = self.get_response(request)
        except OUTAGES:  # met while the page for a server error was being made
            note_outage(request=request)
            return self.unavailable(request)
        return self.unavailable(request) if request.outage else response

    def process_exception(self, request, exception):
        """A view met an outage: what is answered here is replaced by `unavailable` on the way out."""
        if isinstance(exception, OUTAGES):
            note_outage(request=request)
            return HttpResponse(status=503)
        return None


def with_headers(view):
    """`view` behind the middleware that sends to https and sets the browser's rules; none of it asks the database."""
    return HeadersMiddleware(SecurityMiddleware(CSPMiddleware(view)))


def note_outage(sender=None, request=None, **kwargs) -> None:
    """Receiver of `got_request_exception`: remembers on the request that its error was an outage."""
    error = sys.exc_info()[1]
    if request is not None and isinstance(error, OUTAGES):
        request.outage = True
        logger.error("Answered 503: %s: %s", type(error).__name__, str(error).split("\n", 1)[0])


def unavailable(request) -> HttpResponse:
    """The 503 page; for `/healthz/` the same JSON as ever, which says what is down."""
    if request.path_info == "/healthz/":
        return health.healthz(request)
    context = {"numbers": urgent_numbers(), "door": doors.of_address(request)}
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _view_of_the_address(request) -> HttpResponse:
    match = resolve(request.path_info.rstrip("/") + "/")
    return match.func(request, *match.args, **match.kwargs)
