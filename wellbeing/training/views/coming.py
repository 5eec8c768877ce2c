"""Training and events, for everybody: what is coming, one session, one's own place in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wellbeing.training import policy
from wellbeing.training.actions import places as actions
from wellbeing.training.forms.asking import where_asked
from wellbeing.training.models import Place, PlaceState
from wellbeing.training.queries import coming, own, requirements
from wellbeing.web.refused import say_why

ON_A_PAGE = 24
TAKEN = "The place is yours. You are reminded before it: a week, and a day, as far as there is time."


@require_safe
def sessions(request):
    """What is coming; where, is chosen from a list and stands in the address."""
    divisions = coming.places()
    where = where_asked(request.GET.get("where", ""), divisions)
    page = Paginator(coming.coming(request.user, where), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "where": where, "divisions": divisions, "station": request.user.station}
    return render(request, "training/list.html", context)


@require_safe
def session(request, pk):
    """One session, and the reader's own place in it."""
    found = _session(request, pk)
    place = coming.own_place(request.user, found)
    context = {
        "session": found,
        "place": place,
        "may_book": policy.may_book(request.user, found.course),
        "completion": own.completed_here(request.user, found) if place else None,
        "organises": policy.sessions_of(request.user).filter(pk=pk).exists(),
        "reading": requirements.reading_of(found.course),
        "who_sees": policy.who_sees(found.course),
    }
    return render(request, "training/session.html", context)


@require_POST
@say_why(on="training:session", with_its_key=True)
def book(request, pk):
    found = _session(request, pk)
    actions.book(session=found, by=request.user)
    messages.success(request, TAKEN)
    return redirect(found)


@require_POST
@say_why(on="training:session", with_its_key=True)
def answer(request, pk):
    """Yes or no to a place that was offered."""
    place = _own(request, pk, PlaceState.OFFERED)
    if request.POST.get("answer") == "accept":
        actions.accept(place=place, by=request.user)
        messages.success(request, TAKEN)
    elif request.POST.get("answer") == "decline":
        actions.decline(place=place, by=request.user)
        messages.success(request, "You have said no to this place. It goes to somebody else, and nobody asks why.")
    return redirect("training:session", pk)


@require_POST
@say_why(on="training:session", with_its_key=True)
def withdraw(request, pk):
    actions.withdraw(place=_own(request, pk, PlaceState.BOOKED), by=request.user)
    messages.success(request, "You have given your place back. Nobody asks why.")
    return redirect("training:session", pk)


@require_safe
def place(request, pk):
    """Leads from somebody's own place to its session: reminders know the place alone."""
    return redirect("training:session", get_object_or_404(policy.places_of(request.user), pk=pk).session_id)


def _session(request, pk):
    found = coming.session(request.user, pk)
    if found is None:
        raise Http404
    return found


def _own(request, pk, state: str) -> Place:
    """The reader's own place in that state, or else the last they had, of which the action says why not."""
    places = list(policy.places_of(request.user).filter(session=pk).select_related("session").order_by("-changed_at"))
    if not places:
        raise Http404
    return next((place for place in places if place.state == state), places[0])
