"""HR says from which day somebody away is on half pay; they alone are told, beforehand."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring.actions import half_pay as actions
from mentoring.forms.hr_absences import HalfPayForm
from mentoring.queries import hr_absences
from mentoring.queries.absences import the_rules

from .for_role import for_role


def _saved(absence, starts) -> str:
    """What was saved, and when the person is told of it."""
    if starts is None:
        return "No half pay is noted."
    days, who = the_rules().half_pay_days, absence.subject.name
    if starts <= timezone.localdate() + timedelta(days=days):
        return f"Saved. {who} is told today, and nobody else."
    return f"Saved. {who} is told {days} days beforehand, and nobody else."


@for_role("hr")
@require_http_methods(["GET", "HEAD", "POST"])
def half_pay(request, pk):
    absence = hr_absences.absence_of(request.user, pk)
    if absence is None:
        raise Http404
    stands = getattr(absence, "half_pay", None)
    form = HalfPayForm(request.POST or None, initial={"starts": stands and stands.starts})
    if form.is_valid():
        try:
            actions.set_half_pay(by=request.user, absence=absence, starts=form.cleaned_data["starts"])
        except ValidationError as refusal:
            form.add_error("starts", refusal)
        else:
            messages.success(request, _saved(absence, form.cleaned_data["starts"]))
            return redirect("mentoring:hr_absences")
    return render(request, "mentoring/half_pay.html", {"absence": absence, "form": form, "rules": the_rules()})
