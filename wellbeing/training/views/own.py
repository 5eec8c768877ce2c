"""One's own training: places to come, what is completed; files to take along."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wellbeing.training import certificate as documents
from wellbeing.training.ics import as_ics
from wellbeing.training.queries import coming, own, requirements
from wellbeing.web.pdf import CannotPrint


@require_safe
def mine(request):
    context = {
        "required": requirements.own(request.user),
        "places": own.places_to_come(request.user),
        "completions": own.completions_of(request.user),
    }
    return render(request, "training/mine.html", context)


@require_safe
def ics(request, pk):
    """A session for a calendar: the same to everybody, whether or not they have a place."""
    found = coming.session(request.user, pk)
    if found is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="training.ics"'}
    return HttpResponse(as_ics(found), content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def certificate(request, pk):
    """A certificate, made now for the person alone and kept nowhere."""
    completion = own.completion_of(request.user, pk)
    if completion is None:
        raise Http404
    try:
        content = documents.pdf_of(completion)
    except CannotPrint:
        messages.warning(request, "The PDF could not be made. Print this page instead: it says the same.")
        return redirect("training:mine")
    headers = {"Content-Disposition": 'attachment; filename="certificate.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
