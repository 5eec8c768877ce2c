"""Confirming that it is you, before confidential text is opened: our own check, which fails closed.

A page with confidential text opens to a session that has shown a second factor within the last five minutes,
and from then on as long as such pages are asked for without a gap of fifteen. Whoever has no factor is led to
setting one up and never let through, which django-allauth's `reauthentication_required` does for somebody who
signs in at the identity provider alone. Writing needs none of this, and a page that takes a form must not ask:
what was typed would have to be kept in the session (docs/decisions/0013-step-up.md).

What the session holds: when such a page was last asked for, and for ten minutes the address to go on to.
"""

import time
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from . import assurance, doors

KEY = "confirmed_lately"
GO_ON_TO = "confirm_for"
FRESH_SECONDS = 5 * 60
ADDRESS_SECONDS = 10 * 60
_READING = ("GET", "HEAD")


def confirmed_lately(view):
    """Decorator for a page that opens confidential text: leads to confirming first, and answers 405 to all but GET.

    A view that takes a form as well is two views, or asks `is_confirmed_lately` itself before it shows earlier text.
    """

    @wraps(view)
    @login_required
    def wrapped(request, *args, **kwargs):
        if request.method not in _READING:
            return HttpResponseNotAllowed(_READING)
        if not is_confirmed_lately(request):
            return ask(request)
        refresh(request)
        return view(request, *args, **kwargs)

    return wrapped


def is_confirmed_lately(request) -> bool:
    """Whether this session may open confidential text now. Writes nothing; `refresh` follows where it was opened.

    False while a changed identity is not confirmed, and for somebody who holds no factor that this session has shown.
    """
    if not request.user.is_authenticated or assurance.is_unconfirmed(request.user):
        return False
    proofs = _proofs(request)
    if not proofs:
        return False
    return _within(settings.STEP_UP_IDLE_SECONDS, request.session.get(KEY)) or _within(FRESH_SECONDS, max(proofs))


def refresh(request) -> None:
    """Count this request as one for confidential text, from which the fifteen minutes run; only after the check."""
    request.session[KEY] = time.time()


def ask(request):
    """Lead to confirming, and then on to the page that was asked for."""
    is_page = request.method in _READING and not request.headers.get("HX-Request")
    return _lead(request, request.path_info if is_page else None)


def ask_before(request, page: str, *arguments):
    """Lead to confirming what was sent without it, and then to `page` (a URL name), where it can be sent again."""
    messages.warning(request, "Nothing was changed yet. Confirm that it is you, then do it again.")
    return _lead(request, reverse(page, args=arguments))


def _lead(request, address: str | None):
    if address:
        request.session[GO_ON_TO] = [address, time.time(), request.user.pk]
    return redirect("confirm_it_is_you")


def take_address(request) -> str | None:
    """Where to go on to, once; None where nothing was asked for in the last ten minutes."""
    address, asked_at, asked_by = request.session.pop(GO_ON_TO, None) or (None, None, None)
    return address if asked_by == request.user.pk and _within(ADDRESS_SECONDS, asked_at) else None


def asks_for_a_button(request) -> bool:
    """Whether a button stands in for the second factor: in the demonstration, for whoever signed in by its page."""
    return settings.DEMO and request.session.get(assurance.KEY) == assurance.DEMO


def _proofs(request) -> list[float]:
    """When this session has shown a second factor that its person still holds; 0 for one without a time."""
    held = set(Authenticator.objects.filter(user=request.user).values_list("pk", flat=True))
    records = get_authentication_records(request, request.user)
    proofs = [record["at"] for record in records if record["method"] == "mfa" and record.get("id") in held]
    if request.session.get(assurance.KEY) == assurance.PROVIDER:
        proofs.append(request.session.get(assurance.PROVIDER_AT, 0))
    return proofs + doors.proofs(request) + [0] * asks_for_a_button(request)


def _within(seconds: int, moment: float | None) -> bool:
    return moment is not None and 0 <= time.time() - moment < seconds
