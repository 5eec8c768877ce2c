"""Who sits at the forum; the secretary's pages of strands, terms and rules."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions import seats as actions
from forum.forms.seats import EndTermForm, RulesForm, SeatForm, StrandForm
from forum.models import Seat, Strand
from forum.policy import RUNS
from forum.queries import seats as queries
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import done, say_why


@require_safe
def who(request):
    """Every strand with who represents it: for anybody signed in."""
    return render(request, "forum/seats/who.html", {"chairs": queries.chairs()})


@for_permission(RUNS)
@require_safe
def strands(request):
    context = {"chairs": queries.chairs(), "retired": queries.retired()}
    return render(request, "forum/seats/strands.html", context)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def add_strand(request):
    form = StrandForm(request.POST or None)
    if form.is_valid() and done(form, lambda: actions.add_strand(by=request.user, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} has a seat at the forum.")
        return redirect("forum:strands")
    return render(request, "forum/seats/change_strand.html", {"form": form})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def strand(request, pk):
    """A strand: whose term runs, whose is over, and a form for the next."""
    found = get_object_or_404(Strand.objects.select_related("division"), pk=pk)
    form = SeatForm(request.POST or None)
    if form.is_valid() and done(form, lambda: actions.seat(strand=found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['person'].name} has a seat for {found}.")
        return redirect("forum:strand", pk)
    chair = next((one for one in queries.chairs() if one.strand == found), None)
    context = {"strand": found, "chair": chair, "form": form, "past": queries.past_terms(found)}
    return render(request, "forum/seats/strand.html", context)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def change_strand(request, pk):
    found = get_object_or_404(Strand.objects.select_related("division"), pk=pk)
    form = StrandForm(request.POST or None, instance=found)
    asked = {"name": "", "sort": ""}
    if form.is_valid() and done(
        form, lambda: actions.change_strand(strand=found, by=request.user, **asked | form.cleaned_data)
    ):
        messages.success(request, "The strand is saved.")
        return redirect("forum:strand", pk)
    return render(request, "forum/seats/change_strand.html", {"form": form, "strand": found})


@for_permission(RUNS)
@require_POST
@say_why(on="forum:strands")
def retire_strand(request, pk):
    found = get_object_or_404(Strand.objects.select_related("division"), pk=pk)
    if found.is_seated:
        actions.retire_strand(strand=found, by=request.user)
        messages.success(request, f"{found} has no seat any longer. What was decided with it stays.")
    else:
        actions.seat_strand(strand=found, by=request.user)
        messages.success(request, f"{found} has a seat again.")
    return redirect("forum:strands")


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def end_term(request, pk):
    term = get_object_or_404(Seat.objects.not_over().select_related("person", "strand__division"), pk=pk)
    form = EndTermForm(request.POST or None, initial={"last_day": term.ends_on})
    if form.is_valid() and done(form, lambda: actions.end_term(seat=term, by=request.user, **form.cleaned_data)):
        messages.success(request, "The last day is saved.")
        return redirect("forum:strand", term.strand_id)
    return render(request, "forum/seats/end_term.html", {"form": form, "term": term})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def rules(request):
    form = RulesForm(request.POST or None, instance=queries.rules())
    if form.is_valid():
        actions.set_rules(by=request.user, **form.cleaned_data)
        messages.success(request, "The rules are saved, and hold from now on.")
        return redirect("forum:rules")
    return render(request, "forum/seats/rules.html", {"form": form})
