"""Changing what is agreed about contact: the person away and whoever keeps contact write how it is
kept; what colleagues may be told the person alone writes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring.actions import contacts as actions
from mentoring.agreeing import plan_in_words, told_in_words
from mentoring.forms.contacts import PlanForm, ToldForm
from mentoring.forms.one_to_ones import typed_into
from mentoring.queries import contacts as queries
from wellbeing.confidential import drafts, vault
from wellbeing.web import step_up


@dataclass(frozen=True)
class Sort:
    """One of the two texts: its form, the action that saves it, how it reads, and the page that changes it."""

    what: str
    form: type
    save: Callable
    in_words: Callable
    template: str
    saved: str


PLAN = Sort(
    "plan", PlanForm, actions.agree, plan_in_words, "mentoring/contact_plan.html", "How contact is kept is saved."
)
TOLD = Sort(
    "told", ToldForm, actions.let_be_told, told_in_words, "mentoring/contact_told.html",
    "What colleagues may be told is saved. The line manager can read it.",
)  # fmt: skip


def edit(request, absence, sort: Sort, *, back: str):
    """A page with the text as it stands, shown only to whoever has just confirmed; saving leads `back`."""
    plan = queries.plan_of(absence)
    if plan is None:
        raise Http404
    context = {
        "absence": absence,
        "plan": plan,
        "back": back,
        "is_own": request.user.pk == absence.subject_id,
        "here": request.path,
        "ticket": drafts.ticket(author=request.user, form=_key(absence, sort)),
    }
    if context["is_own"]:
        context |= {"draft_address": reverse("my_plan:draft"), "drop_address": reverse("my_plan:drop_draft")}
    if request.method == "POST":
        return _save(request, sort, context)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    return _show(request, sort, context)


def _show(request, sort, context):
    absence, plan = context["absence"], context["plan"]
    record = queries.text_of(absence, sort.what, to=request.user)
    latest = queries.opened(record, by=request.user, why="changing what is agreed about contact")
    answers, replaces = (latest.answers, latest.number) if latest else ({}, 0)
    kept = drafts.find(author=request.user, form=_key(absence, sort))
    on_top = {"replaces": [str(replaces)], "version": [str(uuid.uuid4())]}
    form = sort.form(
        kept=kept and kept.answers | on_top,
        initial=sort.form.initial_of(plan, answers) | {"replaces": replaces},
        plan=plan,
        is_own=context["is_own"],
    )
    saved = sort.in_words(answers) if kept else []
    return render(request, sort.template, context | {"form": form, "kept": kept, "saved": saved})


def _save(request, sort, context):
    absence = context["absence"]
    form = sort.form(request.POST, plan=context["plan"], is_own=context["is_own"])
    if not form.is_valid():
        return render(request, sort.template, context | {"form": form})
    cleaned = form.cleaned_data
    known = {"by": request.user, "absence": absence, "version": cleaned["version"], "replaces": cleaned["replaces"]}
    try:
        outcome = sort.save(**known, answers=form.answers, **form.values)
    except PermissionDenied as error:
        raise Http404 from error
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=_key(absence, sort), answers=typed_into(request.POST))
        messages.warning(request, "It was changed meanwhile. Here are both; yours is not saved yet.")
        return redirect(request.path)
    drafts.drop(author=request.user, form=_key(absence, sort))
    messages.success(request, sort.saved)
    return redirect(context["back"])


def _key(absence, sort) -> str:
    return f"{sort.what}:{absence.pk}"
