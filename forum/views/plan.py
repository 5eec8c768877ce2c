"""The action plan as anybody reads it, and what other forces decided."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from forum import plan_pdf, policy
from forum.actions import elsewhere as elsewhere_actions
from forum.models import Area, Commitment
from forum.queries import plan as queries
from wellbeing.people.models import Division
from wellbeing.support.markdown import rendered
from wellbeing.web.assurance import for_permission
from wellbeing.web.pdf import CannotPrint

_A_PAGE = 30


@require_safe
def plan(request):
    """The plan, for anybody signed in: who sponsors it, and every commitment by area; of one division where asked."""
    divisions = list(Division.objects.order_by("name"))
    division = _asked_for(request, divisions)
    lines = queries.plan(division)
    context = {
        "division": division,
        "divisions": divisions,
        "lines": lines,
        "parts": queries.by_area(lines),
        "patrons": queries.patrons(lines),
        "counted": queries.counted(lines),
    }
    return render(request, "forum/plan/plan.html", context)


@require_safe
def commitment(request, pk):
    """One commitment, with every measurement and what the forum decided in the same area."""
    found = get_object_or_404(_rows().published(), pk=pk)
    context = {
        "line": queries.line_of(found),
        "evidence": rendered(found.evidence),
        "changes": queries.changes_of(found),
        "outcomes": queries.outcomes_beside(found),
        "shown_sponsor": queries.shown_sponsors().filter(pk=found.sponsor_id).first(),
        "owns": policy.owns(request.user, found),
    }
    return render(request, "forum/plan/commitment.html", context)


@require_safe
def plan_pdf_file(request):
    """The report for chief officers; it says what the page says, and so anybody signed in may have it."""
    try:
        content = plan_pdf.pdf_of(queries.plan(), today=timezone.localdate())
    except CannotPrint:
        messages.warning(request, "The PDF could not be made. Print this page instead: it says the same.")
        return redirect("forum:plan")
    headers = {"Content-Disposition": 'attachment; filename="wellbeing-action-plan.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def elsewhere(request):
    """What other forces' forums decided, by area where asked."""
    area = request.GET.get("area", "")
    context = {
        "page": Paginator(queries.elsewhere(area), _A_PAGE).get_page(request.GET.get("page")),
        "areas": Area.choices,
        "area": area if area in Area.values else "",
        "forces": queries.forces(),
    }
    return render(request, "forum/plan/elsewhere.html", context)


@for_permission(policy.SHARES)
@require_POST
def forget_elsewhere(request):
    force = request.POST.get("force", "")
    if force not in queries.forces():
        raise Http404
    number = elsewhere_actions.forget(force=force, by=request.user)
    messages.success(request, f"{number} decision{'' if number == 1 else 's'} taken away.")
    return redirect("forum:elsewhere")


def _asked_for(request, divisions: list[Division]) -> Division | None:
    """The division in the address; 404 where there is none of that name."""
    slug = request.GET.get("division")
    found = next((one for one in divisions if one.slug == slug), None)
    if slug and not found:
        raise Http404
    return found


def _rows():
    return Commitment.objects.select_related("owner", "sponsor", "division").prefetch_related("measurements")
