"""Keeping the action plan: for the forum's secretary and the wellbeing lead; measuring, also for whoever owns it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import policy
from forum.actions import plan as actions
from forum.forms.plan import CloseForm, CommitmentForm, MeasurementForm, SponsorForm
from forum.models import Commitment, Measurement, Sponsor
from forum.policy import KEEPS_PLAN
from forum.queries import plan as queries
from wellbeing.web.assurance import for_permission, lacks_factor_for
from wellbeing.web.refused import done, say_why


@for_permission(KEEPS_PLAN)
@require_safe
def keep_plan(request):
    """Drafts, what goes on and what is closed; what needs somebody stands first."""
    lines = queries.kept()
    running = [line for line in lines if line.commitment.is_published and not line.commitment.is_closed]
    context = {
        "drafts": [line for line in lines if not line.commitment.is_published],
        "running": running,
        "closed": [line for line in lines if line.commitment.is_closed],
        "without_owner": set(queries.without_owner().values_list("pk", flat=True)),
    }
    return render(request, "forum/plan/keep.html", context)


@for_permission(KEEPS_PLAN)
@require_http_methods(["GET", "POST"])
def add_commitment(request):
    form = CommitmentForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: actions.draft(key=form.cleaned_data["key"], by=request.user, **form.values())
    ):
        messages.success(request, "The commitment is a draft: nobody else sees it until you publish it.")
        return redirect("forum:change_commitment", form.cleaned_data["key"])
    return render(request, "forum/plan/change.html", {"form": form})


@for_permission(KEEPS_PLAN)
@require_http_methods(["GET", "POST"])
def change_commitment(request, pk):
    found = get_object_or_404(Commitment, pk=pk)
    form = CommitmentForm(request.POST or None, instance=found)
    if form.is_valid() and done(form, lambda: actions.change(commitment=found, by=request.user, **form.values())):
        messages.success(request, "The commitment is saved.")
        return redirect("forum:change_commitment", pk)
    return render(request, "forum/plan/change.html", {"form": form, "commitment": found})


@for_permission(KEEPS_PLAN)
@require_POST
@say_why(on="forum:change_commitment", with_its_key=True)
def publish_commitment(request, pk):
    found = actions.publish(commitment=get_object_or_404(Commitment, pk=pk), by=request.user)
    messages.success(request, "It is published: everybody can read it.")
    return redirect(found)


@for_permission(KEEPS_PLAN)
@require_POST
@say_why(on="forum:change_commitment", with_its_key=True)
def drop_commitment(request, pk):
    actions.drop(commitment=get_object_or_404(Commitment, pk=pk), by=request.user)
    messages.success(request, "The draft is taken away.")
    return redirect("forum:keep_plan")


@for_permission(KEEPS_PLAN)
@require_http_methods(["GET", "POST"])
def close_commitment(request, pk):
    found = get_object_or_404(Commitment.objects.running(), pk=pk)
    form = CloseForm(request.POST or None)
    if form.is_valid() and done(form, lambda: actions.close(commitment=found, by=request.user, **form.cleaned_data)):
        messages.success(request, "The commitment is closed, and stays to be read.")
        return redirect(found)
    return render(request, "forum/plan/close.html", {"form": form, "commitment": found})


@for_permission(KEEPS_PLAN)
@require_POST
def reopen_commitment(request, pk):
    found = get_object_or_404(Commitment.objects.filter(closed_on__isnull=False), pk=pk)
    actions.reopen(commitment=found, by=request.user)
    messages.success(request, "The commitment goes on.")
    return redirect("forum:change_commitment", pk)


@login_required
@require_http_methods(["GET", "POST"])
def measure_commitment(request, pk):
    """How it stands: asked of its owner, and of those who keep the plan."""
    found = get_object_or_404(Commitment.objects.running().select_related("owner"), pk=pk)
    if not policy.measures(request.user, found):
        raise Http404
    if lacks_factor_for(request, found.owner_id):
        return redirect("second_factor_needed")
    form = MeasurementForm(request.POST or None, commitment=found)
    if form.is_valid() and done(form, lambda: actions.measure(commitment=found, by=request.user, **form.cleaned_data)):
        messages.success(request, "The measurement is saved.")
        return redirect(found)
    context = {"form": form, "line": queries.line_of(found), "keeps": policy.keeps_plan(request.user)}
    return render(request, "forum/plan/measure.html", context)


@for_permission(KEEPS_PLAN)
@require_POST
def take_measurement_back(request, pk):
    found = get_object_or_404(Measurement.objects.select_related("commitment"), pk=pk)
    actions.take_back(measurement=found, by=request.user)
    messages.success(request, "The measurement is taken back.")
    return redirect(found.commitment)


@for_permission(KEEPS_PLAN)
@require_safe
def sponsors(request):
    """Every sponsoring chief officer, also those whom the plan no longer shows."""
    shown = set(queries.shown_sponsors().values_list("pk", flat=True))
    return render(request, "forum/plan/sponsors.html", {"sponsors": Sponsor.objects.all(), "shown": shown})


@for_permission(KEEPS_PLAN)
@require_http_methods(["GET", "POST"])
def change_sponsor(request, pk=None):
    found = get_object_or_404(Sponsor, pk=pk) if pk else Sponsor()
    form = SponsorForm(request.POST or None, instance=found)
    if form.is_valid() and done(
        form, lambda: actions.save_sponsor(sponsor=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect("forum:sponsors")
    return render(request, "forum/plan/change_sponsor.html", {"form": form, "sponsor": found if pk else None})


@for_permission(KEEPS_PLAN)
@require_POST
def remove_sponsor(request, pk):
    found = get_object_or_404(Sponsor, pk=pk)
    actions.remove_sponsor(sponsor=found, by=request.user)
    messages.success(request, f"{found} no longer stands in the plan.")
    return redirect("forum:sponsors")
