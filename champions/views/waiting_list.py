"""The waiting list as the coordinator keeps it, and the places in training that go to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.actions import offers
from champions.actions import waiting as actions
from champions.models import Waiting
from champions.queries import waiting as on_list
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why

PERMISSION = "champions.run_network"
PAGE = "champions:waiting_list"


@for_permission(PERMISSION)
@require_safe
def waiting_list(request):
    people = on_list.the_list()
    context = {
        "people": people,
        "number": sum(1 for waiting in people if waiting.number),
        "sessions": on_list.sessions(),
        "rule": on_list.rule_in_words(),
    }
    return render(request, "champions/waiting/list.html", context)


@for_permission(PERMISSION)
@require_POST
@say_why(on=PAGE)
def offer_places(request, pk):
    session = get_object_or_404(on_list.sessions(), pk=pk)
    number = offers.offer_from_list(session=session, by=request.user)
    offered = f"{number} {'place' if number == 1 else 'places'} offered" if number else "No place is offered yet"
    messages.success(request, f"{offered} for {session}. What comes free goes to the next on the list by itself.")
    return redirect(PAGE)


@for_permission(PERMISSION)
@require_POST
@say_why(on=PAGE)
def stop_offering(request, pk):
    session = get_object_or_404(on_list.sessions(), pk=pk)
    offers.stop_offering(session=session, by=request.user)
    messages.success(request, f"Free places in {session} are offered to nobody any more. Offers that are out stand.")
    return redirect(PAGE)


@for_permission(PERMISSION)
@require_POST
@say_why(on=PAGE)
def note_agreement(request, champion_id):
    waiting = _on_list(champion_id)
    try:
        actions.answer(champion_id=champion_id, agrees=True, by=request.user)
    except PermissionDenied as refusal:
        raise Http404 from refusal
    messages.success(request, f"Noted: whoever manages {waiting.person.name} agrees.")
    return redirect(PAGE)


@for_permission(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
@say_why(on=PAGE)
def take_off(request, champion_id):
    waiting = _on_list(champion_id)
    if request.method != "POST":
        return render(request, "champions/waiting/take_off.html", {"waiting": waiting})
    actions.leave(champion=waiting.champion, by=request.user)
    messages.success(request, f"{waiting.person.name} is off the waiting list.")
    return redirect(PAGE)


def _on_list(champion_id) -> Waiting:
    """A row of the list; 404 for one that is gone, or that is a hidden person's."""
    found = next((waiting for waiting in on_list.the_list() if waiting.champion_id == champion_id), None)
    if found is None:
        raise Http404
    return found
