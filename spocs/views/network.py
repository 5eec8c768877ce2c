"""The coordinator's pages of the network of SPOCs, and HR's one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why

from .. import actions, policy, queries
from ..forms import AgreeForm, SendBackForm
from ..queries import network as of_the_network

RUNS = "spocs.run_network"


@for_permission(RUNS)
@require_safe
def network(request):
    return render(request, "spocs/network/show.html", {"network": of_the_network.network(request.user)})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="spocs:network")
def review(request, spoc_id):
    """Read a new profile, and list it once everything on the checklist is so."""
    spoc = get_object_or_404(policy.to_review_by(request.user), pk=spoc_id)
    form = AgreeForm(request.POST or None, name=spoc.person.name)
    if not form.is_valid():
        return _page(request, spoc, form=form)
    actions.agree(spoc=spoc, by=request.user)
    messages.success(request, f"{spoc.person.name} is on the list.")
    return redirect("spocs:network")


@for_permission(RUNS)
@sensitive_post_parameters()
@require_POST
@say_why(on="spocs:network")
def send_back(request, spoc_id):
    spoc = get_object_or_404(policy.to_review_by(request.user), pk=spoc_id)
    back = SendBackForm(request.POST, name=spoc.person.name)
    if not back.is_valid():
        return _page(request, spoc, back=back)
    actions.send_back(spoc=spoc, by=request.user, **back.cleaned_data)
    messages.success(request, f"{spoc.person.name} finds your sentence on their page, and decides anew.")
    return redirect("spocs:network")


@for_permission("spocs.view_known")
@require_safe
def known(request):
    """For HR: those who say that HR may know."""
    return render(request, "spocs/network/known.html", {"spocs": of_the_network.known_to(request.user)})


def _page(request, spoc, *, form=None, back=None):
    context = {
        "spoc": spoc,
        "consents": queries.topics_of(spoc),
        "form": form or AgreeForm(name=spoc.person.name),
        "back": back or SendBackForm(name=spoc.person.name),
    }
    return render(request, "spocs/network/review.html", context)
