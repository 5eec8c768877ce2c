"""Asking for somebody else to keep contact: the person's own page. Nobody is asked for a reason."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import swaps as actions
from mentoring.forms.swaps import TAKEN, PickForm
from mentoring.models.swaps import State
from mentoring.queries import swaps as queries
from mentoring.queries.absences import holder_of
from wellbeing.confidential import links
from wellbeing.confidential import queries as confidential
from wellbeing.people.models import Person
from wellbeing.web.assurance import while_certain

PAGE = "my_plan:swap"


@while_certain
@require_safe
def swap(request):
    return _page(request)


@while_certain
@require_POST
def ask(request):
    if queries.own_absence(request.user) is None:
        raise Http404
    outcome = actions.ask(by=request.user, key=_key(request))
    if outcome == actions.NOBODY:
        messages.warning(request, "Nobody could be told: there is no coordinator outside your line of command.")
    elif outcome == actions.ASKED:
        messages.success(request, "You have asked for somebody else. Nobody in your line of command is told.")
    return redirect(PAGE)


@while_certain
@require_POST
def pick(request):
    current = _own_swap(request)
    form = _pick_form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    mentor = Person.objects.get(pk=form.cleaned_data["mentor"])
    outcome = actions.pick(by=request.user, swap=current, mentor=mentor)
    if outcome == actions.TAKEN:
        form = _pick_form(request, request.POST)
        form.add_error("mentor", TAKEN)
        return _page(request, form)
    if outcome == actions.DONE:
        messages.success(request, f"{mentor.name} keeps contact with you from now on.")
    return redirect(PAGE)


@while_certain
@require_POST
def none_of_these(request):
    if actions.none_of_these(by=request.user, swap=_own_swap(request)):
        messages.success(request, "You have asked for others. You will be told here when there is somebody.")
    return redirect(PAGE)


@while_certain
@require_http_methods(["GET", "POST"])
def withdraw(request):
    """Taking a request back is asked once before."""
    current = _own_swap(request)
    if request.method == "GET":
        return render(request, "my_plan/swap_withdraw.html", {"swap": current, "holder": holder_of(request.user)})
    if actions.withdraw(by=request.user, swap=current):
        messages.success(request, "Your request is taken back. Everything stays as it was, and you can ask again.")
    return redirect(PAGE)


@while_certain
@require_http_methods(["GET", "POST"])
def earlier(request):
    """Closing to one's line manager what was written before: one choice of its own, at any time."""
    link = confidential.line_manager_of(request.user)
    if request.method == "GET":
        return render(request, "my_plan/earlier.html", {"link": link})
    if link and links.close_earlier(by=request.user, line_manager=link.carer):
        messages.success(request, f"{link.carer.name} no longer reads what was written before now.")
    else:
        messages.error(request, "That could not be done: the roster has no line manager for you now.")
    return redirect("my_plan:earlier")


def _page(request, form=None):
    me = request.user
    current = queries.own_swap(me)
    context = {
        "absence": queries.own_absence(me),
        "swap": current,
        "holder": holder_of(me),
        "button": uuid.uuid4(),
    }
    if current is None:
        context["told"] = queries.would_be_told()
    elif current.state == State.OFFERED:
        context |= {"offers": queries.own_offers(), "form": form or _pick_form(request)}
        context["some_are_free"] = any(one.free for one in context["offers"])
    return render(request, "my_plan/swap.html", context)


def _pick_form(request, data=None) -> PickForm:
    return PickForm(data, offers=queries.own_offers())


def _own_swap(request):
    current = queries.own_swap(request.user)
    if current is None:
        raise Http404
    return current


def _key(request) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
