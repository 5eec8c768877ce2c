"""Adjustments of a return plan: written by whoever holds the meeting, answered by whoever is asked to decide."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import adjustments as actions
from mentoring.forms.adjustments import SOMEBODY_ELSE, YES, AdjustmentForm, DecideForm
from mentoring.forms.one_to_ones import typed_into
from mentoring.queries import adjustments as queries
from mentoring.queries import returns
from wellbeing.confidential import drafts, vault
from wellbeing.web import step_up
from wellbeing.web.assurance import assured

from .keeping import keeps_what_is_typed


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def new(request, pk):
    """Whoever holds a meeting writes down an adjustment."""
    coming_back = _held(request, pk)
    key = f"adjustment_of:{pk}"
    if request.method == "POST":
        return _save(request, coming_back, AdjustmentForm(request.POST, meeting=coming_back.meeting), key)
    kept = drafts.find(author=request.user, form=key)
    if kept and not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    form = AdjustmentForm(kept=kept and kept.answers, meeting=coming_back.meeting, initial=_whom(coming_back))
    return _show(request, coming_back, form, key, kept=kept)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change one that is not in place yet; whoever decides is asked again."""
    coming_back, adjustment = _written(request, pk)
    key = f"adjustment:{pk}"
    if request.method == "GET" and not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    record = vault.find(pk, by=request.user)
    is_author = record.author_id == request.user.pk
    options = {"meeting": coming_back.meeting, "is_author": is_author}
    if request.method == "POST":
        return _save(request, coming_back, AdjustmentForm(request.POST, **options), key)
    step_up.refresh(request)
    (words,) = queries.in_words([adjustment], by=request.user)
    kept = drafts.find(author=request.user, form=key)
    on_top = {"replaces": [str(words["number"])], "version": [str(uuid.uuid4())]}
    initial = {name: getattr(adjustment, name) for name in ("id", "until", "implement_by", "review_on")}
    initial |= {"decides": adjustment.decides_id, "what": words["what"], "replaces": words["number"]}
    form = AdjustmentForm(kept=kept and kept.answers | on_top, initial=initial, **options)
    return _show(request, coming_back, form, key, kept=kept, what=words["what"], adjustment=adjustment)


@assured
@require_safe
def to_decide(request):
    """What somebody is asked to decide, and has decided, in dates: opens nothing."""
    return render(request, "mentoring/to_decide.html", {"asked": queries.to_decide(request.user)})


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """One adjustment, opened for whoever is asked; and their answer."""
    adjustment = queries.to_decide(request.user).filter(pk=pk).first()
    if adjustment is None:
        vault.refuse(pk, by=request.user)
        raise Http404
    if request.method == "POST":
        return _answer(request, adjustment)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    return _show_question(request, adjustment)


@assured
@require_POST
def in_place(request, pk):
    """Whoever decided it, holds the meeting, or is line manager, says that it is in place."""
    adjustment = get_object_or_404(queries.may_be_put_in_place(request.user).select_related("subject"), pk=pk)
    page = _page_of(request.user, adjustment)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, *page)
    actions.put_in_place(by=request.user, adjustment=adjustment)
    messages.success(request, f"It is in place. {adjustment.subject.known_as} sees that.")
    return redirect(*page)


def _save(request, coming_back, form, key):
    if not form.is_valid():
        return _show(request, coming_back, form, key)
    outcome = actions.ask_for(by=request.user, meeting=coming_back.meeting, asked=form.asked)
    if outcome == actions.NOT_THEM:
        form.add_error("decides", SOMEBODY_ELSE)
        return _show(request, coming_back, form, key)
    drafts.drop(author=request.user, form=key)
    if outcome == vault.STALE:
        saved = form.cleaned_data["id"]
        drafts.keep(author=request.user, form=f"adjustment:{saved}", answers=typed_into(request.POST))
        messages.warning(request, "This was changed meanwhile. Here are both; yours is not saved yet.")
        return redirect("mentoring:adjustment_edit", saved)
    messages.success(request, "The adjustment stands in the plan.")
    return redirect("mentoring:return_meeting", coming_back.meeting.pk)


def _show(request, coming_back, form, key, **more):
    ticket = drafts.ticket(author=request.user, form=key)
    context = {"coming_back": coming_back, "form": form, "ticket": ticket, "action": request.path}
    return render(request, "mentoring/return_adjustment.html", context | more)


def _answer(request, adjustment):
    form = DecideForm(request.POST)
    if not form.is_valid():
        if not step_up.is_confirmed_lately(request):
            return step_up.ask_before(request, "mentoring:decide", adjustment.pk)
        return _show_question(request, adjustment, form)
    cleaned = form.cleaned_data
    agreed = cleaned["answer"] == YES
    reason, version = cleaned["reason"], cleaned["version"]
    if actions.decide(by=request.user, adjustment=adjustment, agreed=agreed, reason=reason, version=version):
        drafts.drop(author=request.user, form=f"decide:{adjustment.pk}")
        messages.success(request, "Your answer is saved. They see it in the plan.")
    else:
        messages.warning(request, "This can no longer be decided.")
    return redirect("mentoring:to_decide")


def _show_question(request, adjustment, form=None):
    """The question with its words; after a bad answer, which sealed nothing, with them too."""
    key = f"decide:{adjustment.pk}"
    kept = drafts.find(author=request.user, form=key) if form is None else None
    words = queries.in_words([adjustment], by=request.user)[0]
    context = {
        "adjustment": adjustment,
        "words": words,
        "form": form or DecideForm(kept=kept and kept.answers),
        "kept": kept,
        "ticket": drafts.ticket(author=request.user, form=key),
    }
    return render(request, "mentoring/decide.html", context)


def _held(request, pk) -> returns.Return:
    coming_back = returns.one_held_by(request.user, pk)
    if coming_back is None:
        raise Http404
    return coming_back


def _written(request, pk):
    """The plan and its adjustment, where whoever asks holds the meeting and it may still be changed."""
    for coming_back in returns.held_by(request.user):
        changeable = queries.of_plan(coming_back.meeting, to=request.user).filter(implemented_on__isnull=True)
        if adjustment := changeable.filter(pk=pk).first():
            return coming_back, adjustment
    vault.refuse(pk, by=request.user)
    raise Http404


def _whom(coming_back) -> dict:
    """Who decides unless somebody else is named: the line manager."""
    return {"decides": coming_back.subject.line_manager_id}


def _page_of(person, adjustment) -> tuple:
    """Where somebody came from to say that it is in place."""
    if queries.to_decide(person).filter(pk=adjustment.pk).exists():
        return ("mentoring:to_decide",)
    if returns.one_held_by(person, adjustment.meeting_id):
        return "mentoring:return_meeting", adjustment.meeting_id
    return "mentoring:adjustments", adjustment.subject_id
