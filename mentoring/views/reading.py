"""The page of a 1-1, what is said about it, and a person's own pages. What opens text asks again who it is."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.actions import one_to_ones as actions
from mentoring.forms.one_to_ones import SayForm, WishesForm
from mentoring.prompts import prompts_of, topics_of
from mentoring.queries import one_to_ones as queries
from mentoring.queries.absences import absences_kept
from mentoring.queries.schedules import schedule_of
from mentoring.queries.welfare import coordinates
from wellbeing.confidential import drafts, policy, vault
from wellbeing.confidential.models import Kind, Part
from wellbeing.people.models import Person
from wellbeing.web import step_up
from wellbeing.web.assurance import while_certain

from .keeping import keeps_what_is_typed

ON_A_PAGE = 20
SAY = {
    Part.COMMENT: ("Your comment", "Your comment is saved."),
    Part.REQUEST: ("What should be corrected?", "You have asked for a correction. Your line manager sees it here."),
}


@step_up.confirmed_lately
def one_to_one(request, pk):
    """Who and when, what was written in all its versions, what was agreed. Opens the text once."""
    meeting = queries.one_to_ones_visible_to(request.user).select_related("subject", "manager").filter(pk=pk).first()
    if meeting is None:
        vault.refuse(pk, by=request.user)
        raise Http404
    record = vault.find(pk, by=request.user, kind=Kind.ONE_TO_ONE) if meeting.has_text else None
    opened = vault.open_record(record, by=request.user, why="reading a 1-1") if record else None
    return render(request, "mentoring/one_to_one.html", _page(request, meeting, opened))


@keeps_what_is_typed
@require_POST
def comment(request, pk):
    return _say(request, pk, Part.COMMENT)


@keeps_what_is_typed
@require_POST
def ask_correction(request, pk):
    return _say(request, pk, Part.REQUEST)


@require_POST
def action_done(request, pk):
    """The person it is about, or their line manager, ticks what was agreed."""
    action = get_object_or_404(queries.actions_visible_to(request.user).select_related("subject"), pk=pk)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "mentoring:one_to_one", action.one_to_one_id)
    actions.finish_action(by=request.user, action=action)
    messages.success(request, "That is done.")
    return redirect("mentoring:one_to_one", action.one_to_one_id)


@while_certain
@require_GET
def mine(request):
    """Dates and counts of one's own 1-1s: opens nothing."""
    me = request.user
    meetings = queries.one_to_ones_visible_to(me).filter(subject=me).select_related("manager")
    context = {
        "meetings": Paginator(meetings, ON_A_PAGE).get_page(request.GET.get("page")),
        "schedule": schedule_of(me),
        "open_actions": queries.open_actions(subject=me, to=me).count(),
        "owed": queries.owed_adjustments(subject=me, to=me).count(),
        "has_wishes": queries.wishes_of(me, to=me) is not None,
        "manages": policy.people_managed(me).exists(),
        "waiting": policy.waiting_links().filter(carer=me).count(),
        "keeps_contact": absences_kept(me).exists(),
        "coordinates": coordinates(me),
    }
    return render(request, "mentoring/mine.html", context)


@step_up.confirmed_lately
def adjustments(request, person_id):
    """What is still owed to somebody, for themselves and for their line manager: what and until when."""
    me = request.user
    subject = get_object_or_404(_self_and_reports(me), pk=person_id)
    context = {
        "subject": subject,
        "is_mine": subject == me,
        "owed": queries.in_words(queries.owed_adjustments(subject=subject, to=me), by=me),
        "past": queries.in_words(queries.past_adjustments(me), by=me) if subject == me else [],
    }
    return render(request, "mentoring/adjustments.html", context)


@require_POST
def end_adjustment(request, pk):
    adjustment = get_object_or_404(queries.adjustments_to_end(request.user).select_related("subject"), pk=pk)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "mentoring:adjustments", adjustment.subject_id)
    actions.end_adjustment(by=request.user, adjustment=adjustment)
    messages.success(request, "This adjustment has ended.")
    return redirect("mentoring:adjustments", adjustment.subject_id)


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def wishes(request):
    """How I like to be supported, in the person's own words."""
    record = queries.wishes_of(request.user, to=request.user)
    if request.method == "POST":
        return _save_wishes(request, record)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    latest = vault.open_record(record, by=request.user, why="changing it").latest if record else None
    kept = drafts.find(author=request.user, form="wishes")
    initial = {"text": latest.answers.get("text", ""), "replaces": latest.number} if latest else {"replaces": 0}
    form = WishesForm(kept=kept and kept.answers | {"replaces": [str(initial["replaces"])]}, initial=initial)
    return _show_wishes(request, form, kept, initial.get("text", ""))


def _save_wishes(request, record):
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _show_wishes(request, form)
    outcome = actions.wish(by=request.user, record=record, **form.cleaned_data)
    if outcome == vault.STALE:
        messages.warning(request, "You changed it elsewhere meanwhile. Here are both.")
        drafts.keep(author=request.user, form="wishes", answers={"text": [form.cleaned_data["text"]]})
        return redirect("mentoring:wishes")
    drafts.drop(author=request.user, form="wishes")
    messages.success(request, "Saved. Your line manager finds it beside your 1-1s.")
    return redirect("mentoring:mine")


def _show_wishes(request, form, kept=None, saved=""):
    ticket = drafts.ticket(author=request.user, form="wishes")
    return render(request, "mentoring/wishes.html", {"form": form, "ticket": ticket, "kept": kept, "saved": saved})


def _page(request, meeting, opened) -> dict:
    me = request.user
    is_subject, is_author = me == meeting.subject, me == meeting.manager and policy.is_line_manager(me, meeting.subject)
    texts = opened.of(Part.TEXT) if opened else []
    words = opened.latest.answers.get("actions", {}) if opened else {}
    agreed = meeting.actions.order_by("due", "made_at")
    people = Person.objects.in_bulk({text.author_id for text in opened.texts}) if opened else {}
    owed = queries.owed_adjustments(subject=meeting.subject, to=me) if is_subject or is_author else []
    return {
        "meeting": meeting,
        "is_subject": is_subject,
        "is_author": is_author,
        "versions": [_shown(text) for text in reversed(texts)],
        "said": [
            {"text": text, "by": people.get(text.author_id), "asks": text.part == Part.REQUEST}
            for text in (opened.texts if opened else [])
            if text.part != Part.TEXT
        ],
        "agreed": [(action, words.get(str(action.pk), "")) for action in agreed],
        "may_finish": is_subject or is_author,
        "owed": queries.in_words(owed, by=me),
        "comment": _say_form(request, meeting.pk, Part.COMMENT) if opened and (is_subject or is_author) else None,
        "request_form": _say_form(request, meeting.pk, Part.REQUEST) if opened and is_subject else None,
    }


def _shown(text) -> dict:
    return {"text": text, "topics": topics_of(text.answers), "prompts": prompts_of(text.answers)}


def _say_form(request, pk, part) -> dict:
    key = f"{part}:{pk}"
    kept = drafts.find(author=request.user, form=key)
    form = SayForm(kept=kept and kept.answers, label=SAY[part][0], auto_id=f"{part}_%s")
    return {"form": form, "kept": kept, "ticket": drafts.ticket(author=request.user, form=key)}


def _say(request, pk, part):
    record = vault.find(pk, by=request.user, kind=Kind.ONE_TO_ONE)
    form = SayForm(request.POST, label=SAY[part][0], auto_id=f"{part}_%s")
    key = f"{part}:{pk}"
    if not form.is_valid():
        ticket = drafts.ticket(author=request.user, form=key)
        return render(request, "mentoring/say.html", {"form": form, "record": record, "ticket": ticket})
    actions.say(by=request.user, record=record, part=part, **form.cleaned_data)
    drafts.drop(author=request.user, form=key)
    messages.success(request, SAY[part][1])
    return redirect("mentoring:one_to_one", pk)


def _self_and_reports(person: Person):
    keys = [person.pk, *policy.people_managed(person).values_list("pk", flat=True)]
    return Person.objects.filter(pk__in=keys)
