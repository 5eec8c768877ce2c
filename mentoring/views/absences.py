"""The line manager's pages about somebody away: dates, and what colleagues may be told. Nothing else is theirs to see
unless they keep contact."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.actions import absences as actions
from mentoring.forms.absences import DatesForm, StartForm
from mentoring.queries import absences as queries
from mentoring.queries import contacts
from wellbeing.confidential import policy
from wellbeing.web import step_up
from wellbeing.web.assurance import assured
from wellbeing.web.refused import done


@assured
@require_http_methods(["GET", "POST"])
def new(request, person_id):
    subject = get_object_or_404(policy.people_managed(request.user), pk=person_id)
    form = StartForm(request.POST or None, button=f"Say that {subject.known_as} is away")
    if form.is_valid() and started(form, by=request.user, subject=subject):
        messages.success(request, f"It is noted that {subject.name} is away. Their 1-1s rest meanwhile.")
        return redirect("mentoring:manager")
    return render(request, "mentoring/absence_new.html", {"form": form, "subject": subject})


@assured
@require_http_methods(["GET", "POST"])
def dates(request, pk):
    absence = get_object_or_404(queries.absences_managed(request.user), pk=pk)
    form = DatesForm(request.POST or None, absence=absence)
    if form.is_valid() and changed(form, by=request.user, absence=absence):
        messages.success(request, f"The dates of {absence.subject.name} are saved.")
        return redirect("mentoring:manager")
    return render(request, "mentoring/absence_dates.html", {"form": form, "absence": absence})


@step_up.confirmed_lately
def told(request, pk):
    """What colleagues may be told, as far as the person has decided."""
    absence = get_object_or_404(queries.absences_managed(request.user), pk=pk)
    record = contacts.text_of(absence, "told", to=request.user)
    text = contacts.opened(record, by=request.user, why="reading what colleagues may be told")
    return render(request, "mentoring/absence_told.html", {"absence": absence, "text": text})


def started(form, *, by, subject) -> bool:
    """Whether the absence in this form has begun; an error stands in the form where it has not."""
    cleaned = form.cleaned_data
    days = {name: cleaned[name] for name in ("first_day", "expected_back")}
    return done(form, lambda: actions.start(by=by, subject=subject, key=cleaned["id"], **days))


def changed(form, *, by, absence) -> bool:
    """Whether the dates in this form are saved; an error stands in the form where they are not."""
    return done(form, lambda: actions.change(by=by, absence=absence, **form.cleaned_data))
