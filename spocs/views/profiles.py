"""Somebody who has been there; and the pages on which they keep their own profile.

Pausing and withdrawing ask for no second factor: taking consent back is as easy as giving it
(UK GDPR, Article 7(3)).
"""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellbeing.web.assurance import assured, for_permission
from wellbeing.web.refused import say_why

from .. import actions, policy, queries
from ..forms import InviteForm, ProfileForm
from ..models import Spoc, State

_CONSENTED = (actions.consent, "Thank you. The coordinator reads your profile first; nothing shows until then.")
_CHANGED = (actions.change_profile, "Your profile is saved.")


@require_GET
def profile(request, spoc_id):
    """Withdrawn, unknown, paused: the same answer for each, so that it proves nothing."""
    spoc = policy.visible_to(request.user).select_related("person").filter(pk=spoc_id).first()
    if spoc is None:
        return render(request, "spocs/no_longer_shared.html", status=410)
    return render(request, "spocs/profile.html", {"spoc": spoc, "consents": queries.topics_of(spoc)})


@require_GET
def mine(request):
    spoc = policy.own_profile(request.user).first()
    consents = queries.topics_of(spoc) if spoc else ()
    return render(request, "spocs/mine.html", {"spoc": spoc, "consents": consents})


@assured
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@say_why(on="spocs:mine")
def change_profile(request):
    spoc = get_own(request)
    form = ProfileForm(request.POST or None, instance=spoc)
    if form.is_valid():
        act, sentence = _CONSENTED if spoc.state == State.INVITED else _CHANGED
        act(spoc=spoc, by=request.user, **form.profile)
        messages.success(request, sentence)
        return redirect("spocs:mine")
    return render(request, "spocs/change_profile.html", {"form": form, "spoc": spoc})


@require_POST
@say_why(on="spocs:mine")
def confirm(request):
    actions.confirm(spoc=get_own(request), by=request.user)
    messages.success(request, "Thank you. We ask again in a year.")
    return redirect("spocs:mine")


@require_POST
@say_why(on="spocs:mine")
def pause(request):
    actions.pause(spoc=get_own(request), by=request.user)
    messages.success(request, "You are off the list. Nobody is told, and nobody asks why. Come back when you like.")
    return redirect("spocs:mine")


@require_POST
@say_why(on="spocs:mine")
def resume(request):
    actions.resume(spoc=get_own(request), by=request.user)
    messages.success(request, "Welcome back. You are on the list.")
    return redirect("spocs:mine")


@require_POST
@say_why(on="spocs:mine")
def withdraw(request):
    """One step, no reason; pressed twice, it is once."""
    own = get_object_or_404(Spoc.objects.select_related("person"), person=request.user)
    with suppress(PermissionDenied):  # withdrawn already: the row is their own
        actions.withdraw(spoc=own, by=request.user)
    return render(request, "spocs/thank_you.html")


@for_permission("spocs.run_network")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invite(request):
    """The coordinator's page; for everybody else there is none."""
    form = InviteForm(request.POST or None)
    if form.is_valid() and _invited(request, form):
        messages.success(request, "They are invited. Nothing shows until they have agreed.")
        return redirect("spocs:invite")
    return render(request, "spocs/invite.html", {"form": form})


def _invited(request, form) -> bool:
    try:
        actions.invite(person=form.cleaned_data["person"], by=request.user)
    except ValidationError as refusal:
        form.add_error("person", refusal)
    return not form.errors


def get_own(request):
    """The profile of whoever asks; 404 for everybody who has none."""
    return get_object_or_404(policy.own_profile(request.user))
