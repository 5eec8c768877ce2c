"""“Did this help?”, and what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wellbeing.web.assurance import assured

from .. import actions, feedback, queries
from ..forms.feedback import AnswerForm


@require_POST
def did_this_help(request):
    """Count the answer and go back to the page that it is about, whose address is made anew: none is handed over."""
    form = AnswerForm(request.POST)
    address = feedback.address(form.cleaned_data["kind"], form.cleaned_data["key"]) if form.is_valid() else None
    if address is None:
        raise Http404
    actions.count_answer(**form.cleaned_data)
    messages.success(request, "Thank you. Your answer is added to a number, and not kept with your name.")
    return redirect(address)


@require_safe
@assured
def feedback_figures(request):
    """Which pages helped; for whoever keeps pages."""
    if not queries.sees_answers(request.user):
        raise Http404
    return render(request, "support/feedback_figures.html", {"helped": queries.helped()})
