"""HR's page of absences: dates, and half pay. No plan, no contact, and not whoever keeps contact."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mentoring.actions import absences as actions
from mentoring.forms.absences import DatesForm
from mentoring.forms.hr_absences import SearchForm, StartForm
from mentoring.queries import hr_absences as queries

from .for_role import for_role

ON_A_PAGE = 25
FOUND = 50


@for_role("hr")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def running(request):
    """Everybody who is away; what was typed is posted, and stands nowhere afterwards."""
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    text = form.cleaned_data["text"] if form.is_valid() else ""
    if text:
        found = list(queries.search(request.user, text)[: FOUND + 1])
        context = {"absences": found[:FOUND], "text": text, "more": len(found) > FOUND}
    else:
        page = Paginator(queries.running(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
        context = {"absences": page, "page": page}
    return render(request, "mentoring/hr_absences.html", context | {"form": form, "at_most": FOUND})


@for_role("hr")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Somebody is away: their staff number and dates, then their name, then it is written."""
    form = StartForm(request.POST or None, by=request.user)
    if not form.is_valid():
        return render(request, "mentoring/hr_absences_start.html", {"form": form})
    said = form.cleaned_data
    if not form.is_confirmed:
        return render(request, "mentoring/hr_absences_confirm.html", {"said": said, "form": form})
    dates = {name: said[name] for name in ("first_day", "expected_back")}
    try:
        actions.start(by=request.user, subject=said["person"], key=said["id"], **dates)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, "mentoring/hr_absences_start.html", {"form": form})
    messages.success(request, f"{said['person'].name} is away from now on here. Their plan is theirs to make.")
    return redirect("mentoring:hr_absences")


@for_role("hr")
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request, pk):
    """The dates of one absence."""
    found = queries.absence_of(request.user, pk)
    if found is None:
        return _not_this_one(request, pk)
    form = DatesForm(request.POST or None, absence=found)
    if form.is_valid():
        try:
            actions.change(by=request.user, absence=found, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"The dates of {found.subject.name} are saved.")
            return redirect("mentoring:hr_absences")
    return render(request, "mentoring/hr_absence.html", {"absence": found, "form": form})


def _not_this_one(request, pk):
    """One's own absence: said plainly. Any other that HR cannot see: there is no such page."""
    if not queries.is_own(request.user, pk):
        raise Http404
    return render(request, "mentoring/hr_absence_own.html", status=404)
