"""Emergencies: the lead asks and reads, the guardian answers, the DPO reviews. Everybody else finds no such page."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wellbeing.confidential import links, vault, wording
from wellbeing.web import step_up
from wellbeing.web.assurance import assured

from . import actions, queries
from .forms import AskForm

READING = "opened in an emergency"


def for_parts(*parts: str):
    """Decorator: a page for holders of one of these roles, with their second factor; a 404 for all others."""

    def decorate(view):
        @assured
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if not queries.parts_of(request.user) & set(parts):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


@for_parts(*queries.ROLES)
@step_up.confirmed_lately
def emergencies(request):
    return _page(request)


@for_parts("lead")
@require_POST
@sensitive_post_parameters()
def ask(request):
    form = AskForm(request.POST, by=request.user)
    if not step_up.is_confirmed_lately(request):
        return _page(request, form, is_confirmed=False)
    if not form.is_valid():
        return _page(request, form)
    typed = form.cleaned_data
    actions.ask(by=request.user, subject=typed.pop("person"), **typed)
    messages.success(request, "The guardian has been asked. Until they answer, nothing is open.")
    return redirect("break_glass:emergencies")


@for_parts("guardian")
@require_POST
def answer(request, pk):
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "break_glass:emergencies")
    asked, approve = queries.waiting(pk), request.POST.get("answer") == "approve"
    if asked is None:
        raise Http404
    actions.answer(by=request.user, asked=asked, approve=approve, delay="delay" in request.POST)
    messages.success(request, "It is open for an hour." if approve else "You have turned it down. Nothing was opened.")
    return redirect("break_glass:emergencies")


@for_parts("lead")
@step_up.confirmed_lately
def records(request, pk):
    """What there is about somebody, while it is open: opens nothing yet."""
    asked = _live(request, pk)
    found = queries.records_about(asked.row.subject, to=request.user)
    return render(request, "break_glass/records.html", {"asked": asked, "records": found})


@for_parts("lead")
@step_up.confirmed_lately
def record(request, pk, record):
    asked = _live(request, pk)
    found = vault.find(record, by=request.user)
    if found.subject_id != asked.row.subject_id:
        raise Http404
    opened = vault.open_record(found, by=request.user, why=READING)
    texts = [(text, wording.in_words(found.kind, part=text.part, answers=text.answers)) for text in opened.texts]
    return render(request, "break_glass/record.html", {"asked": asked, "record": found, "texts": texts})


@for_parts("lead")
@require_POST
def close(request, pk):
    asked = _live(request, pk)
    links.end(asked.row.link, by=request.user)
    messages.success(request, f"Closed. Nothing about {asked.row.subject.name} is open to you any longer.")
    return redirect("break_glass:emergencies")


def _page(request, form=None, *, is_confirmed: bool = True):
    """Everybody's part of the page; without a fresh confirmation, what was typed and nothing else."""
    me, parts = request.user, queries.parts_of(request.user)
    shown = parts if is_confirmed else frozenset()
    context = {
        "form": (form or AskForm(by=me)) if "lead" in parts else None,
        "asked": queries.asked_by(me) if "lead" in shown else [],
        "is_guardian": "guardian" in shown,
        "waiting": queries.waiting_for(me) if "guardian" in shown else [],
        "is_dpo": "dpo" in shown,
        "every": queries.every() if "dpo" in shown else [],
        "is_confirmed": is_confirmed,
    }
    return render(request, "break_glass/emergencies.html", context)


def _live(request, pk):
    asked = queries.live_for(request.user, pk)
    if asked is None:
        raise Http404
    return asked
