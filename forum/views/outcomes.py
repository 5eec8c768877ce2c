"""Outcomes: drafted from the notes and published by the secretary, corrected, and followed until they are done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forum import policy
from forum.actions import outcomes as actions
from forum.actions import progress, publishing
from forum.forms.outcomes import (
    CorrectForm,
    DraftFormSet,
    LinesForm,
    NotesForm,
    ProgressForm,
    choices_of_places,
    typed_of,
)
from forum.meanwhile import Overtaken, SomeOvertaken
from forum.models import Meeting, Outcome
from forum.policy import RUNS
from forum.queries import outcomes as queries
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why

from .keeping import keeps_what_is_typed, let_go, sent_or_kept, ticket_for, with_kept


@keeps_what_is_typed
@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="forum:meeting", with_its_key=True)
def outcomes(request, pk):
    """The drafts of a meeting, all in one form; and what goes on from earlier ones. Where another window published or
    changed them meanwhile, what was typed stays on the page; when the session ends, it is kept."""
    meeting, key = get_object_or_404(Meeting, pk=pk), f"forum.outcomes:{pk}"
    if request.method == "GET":
        actions.refuse_published(meeting)
    kept = [typed_of(outcome) for outcome in queries.of_meeting(meeting)]
    data = sent_or_kept(request, key)
    forms = DraftFormSet(data, initial=kept, form_kwargs={"choices": choices_of_places()})
    if request.method == "POST" and forms.is_valid():
        try:
            actions.save_drafts(meeting=meeting, drafts=[form.draft for form in forms], by=request.user)
        except SomeOvertaken as refusal:
            for form in forms:
                if overtaken := refusal.by_key.get(form.cleaned_data["id"]):
                    form.say_overtaken(overtaken)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            let_go(request, key)
            messages.success(request, "The drafts are saved. Nobody but you sees them until they are published.")
            return redirect("forum:publish" if "publish" in request.POST else "forum:outcomes", pk)
    context = {"meeting": meeting, "forms": forms, "names": queries.names_of_members()}
    context["ticket"] = ticket_for(request, key)
    context["number"] = forms.initial_form_count()
    return render(request, "forum/outcomes/drafts.html", context | {"going_on": queries.going_on(meeting)})


@keeps_what_is_typed
@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="forum:meeting", with_its_key=True)
def paste(request, pk):
    """The notes are pasted, then their lines are ticked. They are not stored: only what is ticked is."""
    meeting = get_object_or_404(Meeting, pk=pk)
    actions.refuse_published(meeting)
    key = f"forum.notes:{pk}"
    form = with_kept(request, NotesForm, key=key)
    if "again" in request.POST or not form.is_valid():
        again = NotesForm(initial=request.POST) if "again" in request.POST else form
        return render(request, "forum/outcomes/paste.html", {"form": again, "meeting": meeting})
    ticked = request.POST if "take" in request.POST or "marking" in request.POST else None
    lines = LinesForm(ticked, notes=form.cleaned_data["notes"], ticket=ticket_for(request, key))
    if lines.is_valid():
        try:
            number = actions.take_from_notes(meeting=meeting, lines=lines.taken, by=request.user)
        except ValidationError as refusal:
            lines.add_error(None, refusal)
        else:
            let_go(request, key)
            told = "outcome is" if number == 1 else "outcomes are"
            messages.success(request, f"{number} {told} drafted from your notes.")
            return redirect("forum:outcomes", pk)
    return render(request, "forum/outcomes/lines.html", {"form": lines, "meeting": meeting})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
@say_why(on="forum:publish", with_its_key=True)
def publish(request, pk):
    """The checklist, and one button."""
    meeting = get_object_or_404(Meeting, pk=pk)
    if meeting.is_published:
        return redirect(meeting)
    if request.method == "POST":
        looked = {one.outcome.pk: request.POST.get(f"looked-{one.outcome.pk}") for one in queries.checklist(meeting)}
        publishing.look(meeting=meeting, looked={key: said for key, said in looked.items() if said}, by=request.user)
        publishing.publish(meeting=meeting, by=request.user)
        messages.success(request, "Published. Every division’s noticeboard shows it now.")
        return redirect(meeting)
    checks = queries.checklist(meeting)
    ready = bool(checks) and not any(one.lacks for one in checks)
    return render(request, "forum/outcomes/publish.html", {"meeting": meeting, "checks": checks, "ready": ready})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def correct(request, pk):
    """A published outcome put right. What looks personal in the new words is shown before it is published."""
    outcome = get_object_or_404(queries.whole(Outcome.objects.published()), pk=pk)
    form = CorrectForm(request.POST or None, outcome=outcome)
    check = None
    if form.is_valid():
        try:
            publishing.correct(outcome=outcome, by=request.user, **form.correction)
        except Overtaken as refusal:
            form.say_overtaken(refusal)
        except ValidationError as refusal:
            form.say(refusal)
            check = _as_corrected(outcome, form)
        else:
            messages.success(request, "The correction is published, and marked as one.")
            return redirect("forum:outcome", pk)
    context = {"form": form, "outcome": outcome, "check": check, "names": queries.names_of_members()}
    return render(request, "forum/outcomes/correct.html", context)


@require_safe
def outcome(request, pk):
    """One published outcome with its whole history, for anybody signed in."""
    found = get_object_or_404(queries.whole(Outcome.objects.published()), pk=pk)
    owns = found.owner_id == request.user.pk
    context = {"outcome": found, "runs": policy.runs(request.user), "owns": owns}
    return render(request, "forum/outcomes/show.html", context)


@require_http_methods(["GET", "POST"])
def outcome_progress(request, pk):
    """How it goes on, by its owner or the secretary."""
    found = get_object_or_404(queries.whole(Outcome.objects.published()), pk=pk)
    runs = policy.runs(request.user)
    if not runs and found.owner_id != request.user.pk:
        raise Http404
    form = ProgressForm(request.POST or None, outcome=found, runs=runs)
    if form.is_valid():
        try:
            progress.note(outcome=found, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.say(refusal)
            if form.has_error("status", progress.STALE):
                form.say_overtaken(found)
        else:
            messages.success(request, "Saved. Everybody sees how it stands.")
            return redirect("forum:outcome", pk)
    return render(request, "forum/outcomes/progress.html", {"form": form, "outcome": found})


@require_safe
def my_outcomes(request):
    """What the reader took on at the forum."""
    return render(request, "forum/outcomes/mine.html", {"outcomes": queries.owned_by(request.user)})


def _as_corrected(outcome: Outcome, form: CorrectForm):
    """The check of the words as they were just typed; the form then carries what the secretary has seen."""
    for name, value in form.values.items():
        setattr(outcome, name, value)
    check = queries.check(outcome)
    if check.findings:
        form.data = form.data.copy()
        form.data["looked"] = check.fingerprint
    return check
