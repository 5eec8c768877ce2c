"""The pages of the person away: their plan for contact, which is theirs to decide."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.actions import contacts as actions
from mentoring.forms.absences import DatesForm, StartForm
from mentoring.forms.contacts import PauseForm, WhoForm
from mentoring.models import By, Channel
from mentoring.queries import absences as queries
from mentoring.queries import contacts as kept
from mentoring.queries import swaps
from wellbeing.web import step_up
from wellbeing.web.assurance import while_certain
from wellbeing.web.templatetags.components import day

from . import agreed_texts
from .absences import changed, started
from .contacts import timeline_of
from .keeping import keeps_what_is_typed

IN_HAND = "Your line manager reads “Contact is in hand.”"


def while_away(view):
    """Decorator: hands over the absence that the page is about; whoever has none is led to where they say so."""

    @wraps(view)
    def wrapped(request):
        absence = queries.current_of(request.user)
        if absence is None:
            messages.info(
                request, "You are not down as away. If you are, or will be, say so here; then the rest opens."
            )
            return redirect("my_plan:start")
        return view(request, absence)

    return wrapped


@while_certain
@require_GET
def show(request):
    """The plan in words; opens nothing."""
    absence = queries.current_of(request.user)
    if absence is None:
        return render(request, "my_plan/nothing.html")
    plan = kept.plan_of(absence)
    asked = swaps.own_swap(request.user)
    context = {
        "absence": absence,
        "is_back": queries.is_back(absence),
        "contact_until": absence.back_on and absence.back_on + queries.GOES_ON,
        "swap": asked,
        "to_choose_from": swaps.to_choose_from(asked),
        "plan": plan,
        "channels": [Channel(channel).label for channel in plan.channels],
        "is_paused": kept.is_paused(plan),
        "holder": queries.holder_of(request.user),
        "first_contact": queries.first_contact(absence),
        "agreed": kept.text_of(absence, "plan", to=request.user),
        "told": kept.text_of(absence, "told", to=request.user),
        "half_pay": queries.half_pay_of(absence),
        "rules": queries.the_rules(),
    }
    return render(request, "my_plan/show.html", context)


@while_certain
@require_http_methods(["GET", "POST"])
def start(request):
    form = StartForm(request.POST or None, button="Save")
    if form.is_valid() and started(form, by=request.user, subject=request.user):
        messages.success(request, "It is noted. What follows is yours to decide.")
        return redirect("my_plan:show")
    return render(request, "my_plan/start.html", {"form": form})


@while_certain
@require_http_methods(["GET", "POST"])
@while_away
def dates(request, absence):
    form = DatesForm(request.POST or None, absence=absence)
    if form.is_valid() and changed(form, by=request.user, absence=absence):
        messages.success(request, "The dates are saved.")
        return redirect("my_plan:show")
    return render(request, "my_plan/dates.html", {"form": form, "absence": absence})


@while_certain
@require_http_methods(["GET", "POST"])
@while_away
def who(request, absence):
    """Somebody named by number is shown by name, and counts once that is confirmed."""
    before = _who_keeps(absence)
    form = WhoForm(request.POST or None, subject=request.user, initial={"kept_by": before[0]})
    if form.is_valid() and form.is_confirmed and _chosen(form, request.user, absence):
        messages.success(request, _said_of_choice(absence, before))
        return redirect("my_plan:show")
    to_confirm = form.carer if request.method == "POST" and not form.errors else None
    context = {"form": form, "to_confirm": to_confirm, "holder": queries.holder_of(request.user)}
    context["is_back"] = queries.is_back(absence)
    return render(request, "my_plan/who.html", context)


@while_certain
@require_http_methods(["GET", "POST"])
@while_away
def pause(request, absence):
    form = PauseForm(request.POST or None, days=queries.the_rules().pause_days)
    if form.is_valid() and _paused(form, request.user, absence):
        messages.success(request, f"Contact is paused. {IN_HAND}")
        return redirect("my_plan:show")
    plan = kept.plan_of(absence)
    return render(request, "my_plan/pause.html", {"form": form, "plan": plan, "is_paused": kept.is_paused(plan)})


@while_certain
@require_POST
@while_away
def end_pause(request, absence):
    actions.pause(by=request.user, absence=absence, until=None)
    messages.success(request, "The pause has ended. Contact goes on.")
    return redirect("my_plan:show")


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
@while_away
def contact(request, absence):
    """How, how often, and what to do after no answer twice."""
    return agreed_texts.edit(request, absence, agreed_texts.PLAN, back=reverse("my_plan:show"))


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
@while_away
def colleagues(request, absence):
    """What colleagues may be told."""
    return agreed_texts.edit(request, absence, agreed_texts.TOLD, back=reverse("my_plan:show"))


@step_up.confirmed_lately
@while_away
def contacts(request, absence):
    """What was written about the contacts: one's own to read."""
    context = timeline_of(request, absence)
    return render(request, "mentoring/contact_timeline.html", context | {"is_own": True})


def _chosen(form, person, absence) -> bool:
    try:
        actions.choose(by=person, absence=absence, kept_by=form.cleaned_data["kept_by"], carer=form.carer)
    except ValidationError as refusal:
        form.add_error("kept_by", refusal)
        return False
    return True


def _who_keeps(absence) -> tuple:
    """What the person away has chosen, and the link of whoever keeps contact, or will after a pause."""
    return kept.plan_of(absence).kept_by, queries.holder_of(absence.subject)


def _said_of_choice(absence, before) -> str:
    """Who keeps in touch now, as it was `before` or not, and what the line manager reads where it is not they."""
    kept_by, holder = _who_keeps(absence)
    name, (chosen_before, link) = holder.carer.name, before
    if link and (chosen_before, link.carer_id) == (kept_by, holder.carer_id):
        return f"Nothing has changed. {name} keeps in touch with you."
    if holder.starts > timezone.now():
        return f"From {day(timezone.localdate(holder.starts))} on, after the pause, {name} keeps in touch with you."
    said = f"From now on {name} keeps in touch with you."
    return said if kept_by == By.LINE_MANAGER else f"{said} {IN_HAND}"


def _paused(form, person, absence) -> bool:
    try:
        actions.pause(by=person, absence=absence, until=form.cleaned_data["until"])
    except ValidationError as refusal:
        form.add_error("until", refusal)
        return False
    return True
