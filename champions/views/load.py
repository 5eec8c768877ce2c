"""How much champions have on their hands: their own tally, and the coordinator's page."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions import policy
from champions.actions import load as actions
from champions.forms.load import TallyForm
from champions.queries import load as queries
from wellbeing.web.assurance import assured, for_permission
from wellbeing.web.refused import say_why


@assured
@require_safe
def tally(request):
    """A champion's months. Whoever has stepped down finds here what they counted, to take it away."""
    months = queries.own_months(request.user)
    serves = policy.own_entry(request.user).exists()
    if not serves and not any(month.tally for month in months):
        raise Http404
    return render(request, "champions/tally.html", {"months": months, "serves": serves})


@assured
@require_http_methods(["GET", "POST"])
@say_why(on="champions:tally")
def tally_month(request, year, month):
    first = _first(year, month)
    if first not in queries.months() or not policy.own_entry(request.user).exists():
        raise Http404
    counted = queries.own_month(request.user, first)
    form = TallyForm(request.POST if request.method == "POST" else None, month=counted)
    if form.is_valid():
        actions.count(by=request.user, month=first, **form.cleaned_data)
        messages.success(request, f"{first:%B} is counted. Change it, or take it away, whenever you like.")
        return redirect("champions:tally")
    return render(request, "champions/tally_month.html", {"form": form, "month": counted})


@assured
@require_POST
def take_tally_back(request, year, month):
    first = _first(year, month)
    actions.take_back(by=request.user, month=first)
    messages.success(request, f"What you counted in {first:%B} is deleted.")
    return redirect("champions:tally" if policy.own_entry(request.user).exists() else "champions:mine")


@for_permission("champions.run_network")
@require_safe
def load(request):
    """What champions counted together, and two at most of whom the coordinator may ask how they are."""
    return render(request, "champions/network/load.html", {"load": queries.of_the_network()})


def _first(year: int, month: int) -> date:
    """The first day of a month from an address; 404 where there is no such month."""
    try:
        return date(year, month, 1)
    except (ValueError, OverflowError) as no_month:
        raise Http404 from no_month
