"""Pages about the portal itself and about one's own account in it."""

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import assurance, sessions, step_up


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


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_it_is_you(request):
    """Between confidential text and somebody who has not shown a second factor lately: asks, and leads back."""
    if step_up.is_confirmed_lately(request):
        return redirect(step_up.take_address(request) or "home")
    in_demo = step_up.asks_for_a_button(request) and not assurance.is_unconfirmed(request.user)
    form = _code_form(request)
    if request.method == "POST" and _has_confirmed(request, form, in_demo=in_demo):
        return redirect("confirm_it_is_you")
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {"form": form, "in_demo": in_demo, "kinds": kinds, "unconfirmed": assurance.is_unconfirmed(request.user)}
    return render(request, "web/confirm_it_is_you.html", context)


def _code_form(request):
    form = ReauthenticateForm(request.POST or None, user=request.user)
    form.fields["code"].help_text = "From your authenticator app, or one of your recovery codes. You may paste it."
    form.fields["code"].widget.attrs.pop("placeholder")
    return form


def _has_confirmed(request, form, *, in_demo: bool) -> bool:
    """Whether what was sent confirms who somebody is: the right code, or the demonstration's button."""
    if in_demo:
        step_up.refresh(request)
    elif form.is_valid():
        form.save()
    return in_demo or form.is_valid()


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
