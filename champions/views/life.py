"""The pages of a champion's own time: beginning, another term, a lead handed over, stepping down."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions import actions
from champions.forms.life import BeginForm, StepDownForm, TermForm
from champions.models import State
from champions.queries import life as queries
from wellbeing.web.assurance import assured
from wellbeing.web.refused import say_why

from .own import get_own


@assured
@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def begin(request):
    """Whoever is trained says how to be reached, and is listed; nothing to do for whoever waits for their vetting."""
    champion = queries.on_the_way(request.user)
    if champion is None or champion.state != State.TRAINING or champion.trained_on is None:
        return redirect("champions:mine")
    if queries.waits_for_vetting(champion):
        return render(request, "champions/life/vetting.html", {"champion": champion})
    form = BeginForm(request.POST or None, instance=champion)
    if form.is_valid():
        actions.begin(champion=champion, by=request.user, **form.cleaned_data)
        messages.success(request, "You are listed. Thank you for being there for others.")
        return redirect("champions:mine")
    return render(request, "champions/life/begin.html", {"form": form, "champion": champion})


@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def term(request):
    """One tap: I go on."""
    champion = get_own(request)
    form = TermForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.go_on(champion=champion, by=request.user, **form.cleaned_data)
        messages.success(request, "Thank you for going on. It is good to have you.")
        return redirect("champions:mine")
    near = queries.term_is_near(champion)
    return render(request, "champions/life/term.html", {"champion": champion, "near": near})


@require_safe
def new_lead(request):
    """The stations that were handed over, to take on or to hand back."""
    champion = get_own(request)
    return render(request, "champions/life/new_lead.html", {"handed": queries.leads_to_answer(champion)})


@require_POST
def answer_lead(request, coverage_id):
    coverage = get_object_or_404(get_own(request).coverage.live().select_related("station"), pk=coverage_id)
    if request.POST.get("answer") == "keep":
        actions.keep_lead(coverage=coverage, by=request.user)
        messages.success(request, f"Thank you. You are the central contact for {coverage.station}.")
    else:
        actions.hand_lead_back(coverage=coverage, by=request.user)
        messages.success(request, f"You have handed {coverage.station} back. The coordinator looks for somebody.")
    return redirect("champions:mine")


@require_http_methods(["GET", "POST"])
@say_why(on="champions:step_down")
def step_down(request):
    """One page, one button: off every page, stations handed over, thanked."""
    if queries.former(request.user):
        return redirect("champions:thank_you")  # pressed twice
    champion = get_own(request)
    form = StepDownForm(request.POST if request.method == "POST" else None, champion=champion)
    if form.is_valid():
        actions.step_down(champion=champion, by=request.user, **form.asked())
        return redirect("champions:thank_you")
    return render(request, "champions/step_down.html", {"champion": champion, "form": form})


@require_safe
def thank_you(request):
    champion = queries.former(request.user)
    if champion is None:
        raise Http404
    return render(request, "champions/thank_you.html", {"served": queries.served(champion)})
