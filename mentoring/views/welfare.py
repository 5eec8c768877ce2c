"""A welfare mentor's own profile, and handing back: no reason is asked, and nobody is left without contact."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.actions import swaps
from mentoring.actions import welfare as actions
from mentoring.forms.welfare import ProfileForm
from mentoring.queries import swaps as contacts
from mentoring.queries import welfare as queries
from wellbeing.web.assurance import assured

from .contacts import keeps_no_contact


@assured
@require_http_methods(["GET", "POST"])
def my_profile(request):
    profile = queries.own_profile(request.user)
    if profile is None:
        raise Http404
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if form.is_valid():
        actions.change_profile(by=request.user, profile=profile, **form.cleaned_data)
        messages.success(request, "Your profile is saved. It counts from now on.")
        return redirect("mentoring:welfare_profile")
    context = {
        "profile": profile,
        "form": form,
        "supports": queries.supports(request.user),
        "supervisions": queries.supervisions_of(profile)[:5],
    }
    return render(request, "mentoring/welfare_profile.html", context)


@assured
@require_http_methods(["GET", "POST"])
def hand_back(request, absence):
    kept = contacts.kept_by(request.user, absence)
    if kept is None:
        return keeps_no_contact(request)
    if request.method == "GET":
        return render(request, "mentoring/welfare_hand_back.html", {"absence": kept})
    outcome = swaps.hand_back(by=request.user, absence=kept)
    if outcome == swaps.REFUSED:
        return keeps_no_contact(request)
    if outcome == swaps.NOBODY:
        return render(request, "mentoring/welfare_hand_back.html", {"absence": kept, "nobody": True})
    messages.success(request, "Thank you for what you gave. Somebody else keeps contact from this moment.")
    return redirect("mentoring:contacts")
