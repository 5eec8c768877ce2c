"""Logging a 1-1, and correcting what was written."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.actions import one_to_ones as actions
from mentoring.forms.one_to_ones import CorrectForm, LogForm, typed_into
from mentoring.prompts import PROMPTS, prompts_of, topics_of
from mentoring.queries import one_to_ones as queries
from mentoring.queries import schedules
from wellbeing.confidential import drafts, policy, vault
from wellbeing.confidential.models import Kind
from wellbeing.people.models import Person
from wellbeing.training.queries import requirements
from wellbeing.web import step_up

from .keeping import keeps_what_is_typed

PREPARING = "preparing a 1-1"


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def log(request, person_id):
    """The line manager writes; earlier text, a draft of their own too, is shown only to whoever has just confirmed."""
    subject = _report(request.user, person_id)
    key = f"log:{subject.pk}"
    kept = drafts.find(author=request.user, form=key) if request.method == "GET" else None
    if kept and not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    form = LogForm(request.POST or None, kept=kept and kept.answers, initial={"next_due": schedules.next_due(subject)})
    if request.method == "POST" and form.is_valid():
        return _save(request, subject, form, key)
    return render(request, "mentoring/log.html", _log_context(request, subject, form, kept, key))


@step_up.confirmed_lately
def prepare(request, person_id):
    """Confirm who you are, then go on to the form with earlier text beside it."""
    return redirect("mentoring:log", _report(request.user, person_id).pk)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def correct(request, pk):
    """The form holds the latest text, or what was kept of one's own; then the saved text stands above it."""
    record = _written_by(request.user, pk)
    if request.method == "POST":
        return _save_correction(request, record)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    return _show_correction(request, record)


def _save(request, subject, form, key):
    open_keys = _open_keys(subject, request.user)
    done = [one for one in request.POST.getlist("done") if one in open_keys]
    written = form.written
    outcome = actions.log_one_to_one(
        by=request.user, subject=subject, written=written, next_due=form.cleaned_data["next_due"], done=done
    )
    if outcome == vault.STALE:
        return _both_texts(request, written, key, subject.pk)
    drafts.drop(author=request.user, form=key)
    messages.success(request, f"Your 1-1 with {subject.known_as} is logged. They can read it from now on.")
    return redirect("mentoring:manager")


def _both_texts(request, written, key, person_id):
    """This form was saved before, with another text: both are shown, and neither is lost."""
    typed = typed_into(request.POST)
    if not vault.visible_to(request.user).filter(pk=written.id).exists():
        fresh = {"id": [str(uuid.uuid4())], "version": [str(uuid.uuid4())]}
        drafts.keep(author=request.user, form=key, answers=typed | fresh)
        messages.warning(request, "This 1-1 was saved already. What you typed since is below: save it as another one.")
        return redirect("mentoring:log", person_id)
    words = {f"action_{uuid.UUID(written.key_of(n)).hex}": [one.what] for n, one in enumerate(written.agreed)}
    drafts.keep(author=request.user, form=f"correct:{written.id}", answers=typed | words)
    drafts.drop(author=request.user, form=key)
    messages.warning(request, "This 1-1 was saved already, with another text. Here are both.")
    return redirect("mentoring:correct", written.id)


def _log_context(request, subject, form, kept, key) -> dict:
    open_actions = list(queries.open_actions(subject=subject, to=request.user).select_related("subject"))
    context = {
        "form": form,
        "subject": subject,
        "reading": requirements.reading_for_managers(),
        "required": requirements.own(request.user),
        "kept": kept,
        "ticket": drafts.ticket(author=request.user, form=key),
        "may_show": step_up.is_confirmed_lately(request) and request.method == "GET",
        "ticked": request.POST.getlist("done") or (kept.answers.get("done", []) if kept else []),
    }
    words = {}
    if context["may_show"]:
        step_up.refresh(request)
        words = queries.words_of(open_actions, by=request.user, why=PREPARING)
        context["wishes"] = read_wishes(subject, by=request.user, why=PREPARING)
    context["open_actions"] = [(action, words.get(str(action.pk), "")) for action in open_actions]
    return context


def read_wishes(subject, *, by, why) -> str:
    """How somebody likes to be supported, opened; empty where they have written nothing."""
    record = queries.wishes_of(subject, to=by)
    latest = vault.open_record(record, by=by, why=why).latest if record else None
    return latest.answers.get("text", "") if latest else ""


def _save_correction(request, record):
    key = f"correct:{record.pk}"
    form = CorrectForm(request.POST, actions=queries.actions_agreed_in(record))
    if not form.is_valid():
        return render(request, "mentoring/correct.html", _correction(request, record, form))
    outcome = actions.correct(
        by=request.user,
        record=record,
        version=form.cleaned_data["version"],
        answers=form.answers,
        replaces=form.cleaned_data["replaces"],
    )
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=key, answers=typed_into(request.POST))
        messages.warning(request, "The text was changed meanwhile. Here are both; yours is not saved yet.")
        return redirect("mentoring:correct", record.pk)
    drafts.drop(author=request.user, form=key)
    messages.success(request, "Your correction is saved. The earlier text stays below it.")
    return redirect("mentoring:one_to_one", record.pk)


def _show_correction(request, record):
    latest = vault.open_record(record, by=request.user, why="correcting it").latest
    kept = drafts.find(author=request.user, form=f"correct:{record.pk}")
    words = {f"action_{key.replace('-', '')}": text for key, text in latest.answers.get("actions", {}).items()}
    initial = {name: latest.answers.get(name) for name in ("topics", *PROMPTS)} | words
    fresh = CorrectForm(initial=initial | {"replaces": latest.number}, actions=queries.actions_agreed_in(record))
    if not kept:
        return render(request, "mentoring/correct.html", _correction(request, record, fresh))
    on_top = {"replaces": [str(latest.number)], "version": [str(fresh["version"].value())]}
    carried = {name: [text] for name, text in words.items()}
    form = CorrectForm(kept=carried | kept.answers | on_top, actions=queries.actions_agreed_in(record))
    return render(request, "mentoring/correct.html", _correction(request, record, form) | _both(kept, latest))


def _both(kept, latest) -> dict:
    """The saved text, and of one's own what has no box in this form."""
    rest = ("what_", "adjustment")
    typed = [values[0] for name, values in kept.answers.items() if name.startswith(rest) and "until" not in name]
    saved = {"topics": topics_of(latest.answers), "prompts": prompts_of(latest.answers), "text": latest}
    return {"kept": kept, "saved": saved, "also_typed": [text for text in typed if text]}


def _correction(request, record, form) -> dict:
    ticket = drafts.ticket(author=request.user, form=f"correct:{record.pk}")
    return {"form": form, "record": record, "ticket": ticket}


def _report(person: Person, person_id: int) -> Person:
    return get_object_or_404(policy.people_managed(person), pk=person_id)


def _written_by(person: Person, pk):
    """The record of a 1-1 that `person` wrote, and may still correct."""
    record = vault.find(pk, by=person, kind=Kind.ONE_TO_ONE)
    if record.author_id != person.pk or not policy.is_line_manager(person, record.subject):
        raise Http404
    return record


def _open_keys(subject, person) -> set[str]:
    return {str(key) for key in queries.open_actions(subject=subject, to=person).values_list("pk", flat=True)}
