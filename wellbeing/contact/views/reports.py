"""Reports, for whoever handles them: the wellbeing lead, else the guardian, else the data protection officer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wellbeing.web import step_up
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why

from .. import actions, queries

HANDLES = "contact.handle_reports"


@for_permission(HANDLES)
@step_up.confirmed_lately
def reports(request):
    return render(request, "contact/reports.html", {"reports": queries.reports()})


@for_permission(HANDLES)
@step_up.confirmed_lately
def report(request, pk):
    row = queries.reports().filter(pk=pk).first()
    if row is None:
        raise Http404
    return render(request, "contact/reports_one.html", {"row": row, "said": queries.opened(row)})


@for_permission(HANDLES)
@require_POST
@say_why(on="contact:reports")
def close(request, pk):
    if not step_up.is_confirmed_lately(request):
        return step_up.ask_before(request, "contact:reports")
    actions.reports.close(by=request.user, key=pk)
    messages.success(request, "Closed. It is deleted in 90 days.")
    return redirect("contact:reports")
