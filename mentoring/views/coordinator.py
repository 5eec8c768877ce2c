"""The coordinator's pages: who has room, who is overloaded, what is due, who waits. Numbers and names; no text."""

import uuid
from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import swaps as swap_actions
from mentoring.actions import welfare as actions
from mentoring.forms.swaps import OfferForm
from mentoring.forms.welfare import SupervisionForm, TrainingForm
from mentoring.models.swaps import State
from mentoring.queries import career, swaps, welfare
from wellbeing.web.assurance import assured


def for_coordinators(view):
    """Decorator: a page for coordinators, with their second factor; a 404 for all others."""

    @assured
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not welfare.coordinates(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@for_coordinators
@require_safe
def coordinator(request):
    context = {
        "mentors": welfare.mentors(),
        "swaps": swaps.told_to(request.user),
        "unkept": swaps.unkept(),
        "career_waiting": career.waiting(),
        "career_mentors": career.load(),
    }
    return render(request, "mentoring/coordinator.html", context)


@assured
@require_http_methods(["GET", "POST"])
def swap(request, pk):
    """Whoever was told offers mentors: a coordinator, or the wellbeing lead where no coordinator can be told."""
    waiting = swaps.told_of(request.user, pk)
    if waiting is None:
        raise Http404
    suggested = swaps.suggested(waiting.swap) if waiting.swap.state == State.ASKED else []
    form = OfferForm(request.POST if request.method == "POST" else None, suggested=suggested)
    if suggested and form.is_valid():
        mentors = form.cleaned_data["mentors"]
        outcome = swap_actions.offer(by=request.user, swap=waiting.swap, mentors=mentors)
        if outcome == swap_actions.OFFERED:
            messages.success(request, f"Offered. {waiting.name} picks one, and the others never hear of it.")
            return redirect("mentoring:swap", pk)
        form.add_error("mentors", form.fields["mentors"].error_messages["invalid_choice"])
    context = {
        "waiting": waiting,
        "suggested": suggested,
        "form": form,
        "others": welfare.not_suggested({one.person.pk for one in suggested}),
        "coordinates": welfare.coordinates(request.user),
    }
    return render(request, "mentoring/coordinator_swap.html", context)


@for_coordinators
@require_POST
def begin_offer(request, absence):
    waiting = next((one for one in swaps.unkept() if one.absence.pk == absence), None)
    if waiting is None:
        raise Http404
    begun = swap_actions.begin_offer(by=request.user, absence=waiting.absence, key=uuid.uuid4())
    return redirect("mentoring:swap", begun) if begun else redirect("mentoring:coordinator")


@for_coordinators
@require_safe
def mentor(request, pk):
    return _mentor_page(request, _profile(pk))


@for_coordinators
@require_POST
def training(request, pk):
    profile = _profile(pk)
    form = TrainingForm(request.POST, profile=profile)
    if not form.is_valid():
        return _mentor_page(request, profile, training=form)
    actions.note_training(by=request.user, profile=profile, **form.cleaned_data)
    messages.success(request, f"The training of {profile.person.name} is saved.")
    return redirect("mentoring:welfare_mentor", pk)


@for_coordinators
@require_POST
def supervision(request, pk):
    profile = _profile(pk)
    form = SupervisionForm(request.POST, profile=profile)
    if not form.is_valid():
        return _mentor_page(request, profile, supervision=form)
    actions.note_supervision(by=request.user, profile=profile, **form.cleaned_data)
    messages.success(request, f"The supervision of {profile.person.name} is noted.")
    return redirect("mentoring:welfare_mentor", pk)


def _mentor_page(request, profile, *, training=None, supervision=None):
    context = {
        "profile": profile,
        "own": profile.person_id == request.user.pk,
        "training": training or TrainingForm(profile=profile),
        "supervision": supervision or SupervisionForm(profile=profile),
        "supervisions": welfare.supervisions_of(profile)[:10],
        "form": training or supervision,
    }
    return render(request, "mentoring/coordinator_mentor.html", context)


def _profile(pk: int):
    profile = welfare.mentor(pk)
    if profile is None:
        raise Http404
    return profile
