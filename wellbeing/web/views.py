"""Pages about the portal itself and about one's own account in it."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import assurance, sessions


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "web/accessibility.html")


@require_safe
def my_account(request):
    return render(
        request,
        "web/my_account.html",
        {"has_second_factor": assurance.has_second_factor(request.user), "wants_factor": bool(request.user.roles)},
    )


@require_safe
def my_email(request):
    """The e-mail somebody signs in with belongs to the roster: shown here, changed there."""
    return render(request, "account/email.html")


@require_safe
def second_factor_needed(request):
    """Between a privileged page and somebody who has not shown a second factor yet, or is not confirmed."""
    return render(
        request,
        "web/second_factor_needed.html",
        {
            "has_second_factor": assurance.has_second_factor(request.user),
            "unconfirmed": assurance.is_unconfirmed(request.user),
            "next": reverse("admin:index"),
        },
    )


@require_POST
def stay_signed_in(request):
    """One more click before the session ends: JSON for the warning, a redirect back for a plain form."""
    end = sessions.stay(request)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"idle_seconds": end.idle_seconds, "total_seconds": end.total_seconds})
    return redirect(_page_before(request))


def _page_before(request) -> str:
    address = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else reverse("home")
