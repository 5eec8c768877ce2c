"""Return-to-work meetings, for whoever holds them; and for a line manager the hours of somebody coming back."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.actions import returns as actions
from mentoring.forms.one_to_ones import typed_into
from mentoring.forms.returns import HeldForm, PlanForm
from mentoring.prompts_return import prompts_of
from mentoring.queries import adjustments
from mentoring.queries import returns as queries
from wellbeing.confidential import drafts, policy, vault
from wellbeing.confidential.models import Part
from wellbeing.support.queries import published_guidance
from wellbeing.web import step_up
from wellbeing.web.assurance import assured

from .keeping import keeps_what_is_typed

GROUPS = {
    "overdue": "Overdue",
    "due": "Due now",
    "coming": "Coming up",
    "undated": "No return date yet",
    "held": "Held",
}
GUIDANCE = (
    "coming-back-to-work",
    "medicines-and-work",
    "shifts-when-you-come-back",
    "driving-firearms-and-your-health",
)


@assured
@require_safe
def returns(request):
    """The meetings that somebody holds, in dates: opens nothing."""
    found = queries.held_by(request.user)
    groups = [(words, [one for one in found if one.group == name]) for name, words in GROUPS.items()]
    return render(request, "mentoring/returns.html", {"groups": [group for group in groups if group[1]]})


@step_up.confirmed_lately
def return_meeting(request, pk):
    """The plan, opened once, for whoever holds the meeting."""
    coming_back = _held(request, pk)
    form = HeldForm(first_day=coming_back.absence.first_day)
    return render(request, "mentoring/return_meeting.html", in_words(coming_back, by=request.user) | {"form": form})


@step_up.confirmed_lately
def return_print(request, pk):
    return render(request, "mentoring/return_print.html", in_words(_held(request, pk), by=request.user))


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def return_write(request, pk):
    """The form holds the plan as it stands, or what was kept of one's own; then the saved text stands above it."""
    coming_back = _held(request, pk)
    if request.method == "POST":
        return _propose(request, coming_back) if "propose" in request.POST else _save(request, coming_back)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask(request)
    step_up.refresh(request)
    latest = latest_text(coming_back, by=request.user)
    return _show(request, coming_back, *form_with_text(PlanForm, request.user, _key(pk), latest, _rows(coming_back)))


@assured
@require_http_methods(["POST"])
def return_held(request, pk):
    coming_back = _held(request, pk)
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "mentoring:return_meeting", pk)
    form = HeldForm(request.POST, first_day=coming_back.absence.first_day)
    if not form.is_valid():
        return render(request, "mentoring/return_held.html", {"form": form, "coming_back": coming_back})
    if actions.hold(by=request.user, meeting=coming_back.meeting, held_on=form.cleaned_data["held_on"]):
        messages.success(request, f"Your meeting with {coming_back.subject.known_as} is noted as held.")
    else:
        messages.warning(request, "That you have met is noted already.")
    return redirect("mentoring:return_meeting", pk)


@assured
@require_safe
def return_hours(request, person_id):
    """For a line manager, who plans the shifts: hours and duty, and whether the meeting was held. Opens nothing."""
    subject = get_object_or_404(policy.people_managed(request.user), pk=person_id)
    coming_back = next((one for one in queries.among(request.user) if one.subject == subject), None)
    if coming_back is None:
        raise Http404
    weeks = queries.weeks_of(coming_back) if coming_back.meeting else []
    return render(request, "mentoring/return_hours.html", {"coming_back": coming_back, "weeks": weeks})


def in_words(coming_back: queries.Return, *, by) -> dict:
    """Everything that stands in a plan, for its page and its print: opens the text, and each adjustment."""
    record = queries.text_of(coming_back, to=by)
    opened = vault.open_record(record, by=by, why="reading a return plan") if record else None
    latest = opened.latest if opened else None
    meeting = coming_back.meeting
    return {
        "coming_back": coming_back,
        "weeks": queries.weeks_of(coming_back) if meeting else [],
        "text": latest,
        "prompts": prompts_of(latest.answers) if latest else [],
        "said": opened.of(Part.COMMENT) if opened else [],
        "adjustments": adjustments.in_words(adjustments.of_plan(meeting, to=by), by=by) if meeting else [],
        "guidance": published_guidance().filter(slug__in=GUIDANCE),
    }


def latest_text(coming_back: queries.Return, *, by):
    """The words of a plan as they stand, opened to be written on; None while there are none."""
    record = queries.text_of(coming_back, to=by)
    return vault.open_record(record, by=by, why="writing a return plan").latest if record else None


def form_with_text(form, author, key: str, latest, rows: dict) -> tuple:
    """The form with what stands now, or with what `author` typed and did not save; what was kept; what is saved."""
    kept = drafts.find(author=author, form=key)
    number = latest.number if latest else 0
    if not kept:
        return form(initial=(latest.answers if latest else {}) | rows | {"replaces": number}), None, latest
    on_top = {"replaces": [str(number)], "version": [str(uuid.uuid4())]}
    return form(kept=kept.answers | on_top), kept, latest


def _save(request, coming_back):
    form, pk = PlanForm(request.POST), coming_back.meeting.pk
    if not form.is_valid():
        return _show(request, coming_back, form)
    outcome = actions.agree(by=request.user, meeting=coming_back.meeting, text=form.text, agreed=form.agreed)
    if outcome == vault.STALE:
        drafts.keep(author=request.user, form=_key(pk), answers=typed_into(request.POST))
        messages.warning(request, "The plan was changed meanwhile. Here are both; yours is not saved yet.")
        return redirect("mentoring:return_write", pk)
    drafts.drop(author=request.user, form=_key(pk))
    messages.success(request, f"The plan is saved. {coming_back.subject.known_as} can read it from now on.")
    return redirect("mentoring:return_meeting", pk)


def _propose(request, coming_back):
    """The form again, with phased hours filled in: nothing is saved by that."""
    form = PlanForm(request.POST)
    if hours := form.proposed():
        filled = {name: [str(value)] for name, value in hours.items()}
        form = PlanForm(kept=typed_into(request.POST) | filled)
    elif "contracted" not in form.errors:
        form.add_error("contracted", "Enter the contracted hours to propose from.")
    return _show(request, coming_back, form)


def _show(request, coming_back, form, kept=None, latest=None):
    context = {
        "coming_back": coming_back,
        "form": form,
        "kept": kept,
        "ticket": drafts.ticket(author=request.user, form=_key(coming_back.meeting.pk)),
        "saved": prompts_of(latest.answers) if kept and latest else [],
        "guidance": published_guidance().filter(slug__in=GUIDANCE),
    }
    return render(request, "mentoring/return_write.html", context)


def _rows(coming_back) -> dict:
    """What a plan says beside its words, by the fields of the form."""
    weeks = queries.weeks_of(coming_back)
    hours = {f"hours_{week.number}": week.hours for week in weeks}
    days = {f"days_{week.number}": week.days for week in weeks}
    return hours | days | {"duty": coming_back.meeting.duty, "oh_suggested": coming_back.plan.oh_suggested}


def _held(request, pk) -> queries.Return:
    coming_back = queries.one_held_by(request.user, pk)
    if coming_back is None:
        raise Http404
    return coming_back


def _key(pk) -> str:
    return f"return:{pk}"
