"""The pages that stand inside the door as well as in the portal: who has looked, guidance, urgent numbers."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from wellbeing.confidential import queries as confidential
from wellbeing.confidential.views import who_may
from wellbeing.plan_door import queries
from wellbeing.support.queries import urgent_groups
from wellbeing.web import doors, sessions
from wellbeing.web.assurance import while_certain

ON_A_PAGE = 25
INSIDE = {"hand_over": "door:hand_over", "end": "door:end_link", "reasons": "door:reasons"}


@require_safe
def start(request):
    """Where somebody goes on to who has just come in."""
    return redirect(queries.first_page())


@while_certain
@require_safe
def who_looked(request):
    page = Paginator(confidential.looks_at(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": confidential.in_words(page, reader=request.user)}
    return render(request, "my_plan/door/who_looked.html", context | who_may(request, INSIDE))


@login_not_required
@transaction.non_atomic_requests
@require_safe
def urgent(request):
    """As `/urgent/`: answered before sessions and identity, and without the database."""
    context = urgent_groups() | {"door": doors.of_address(request)}
    return HttpResponse(render_to_string("urgent.html", context), headers={"Cache-Control": "no-store"})


@require_safe
def guidance(request):
    return render(request, "my_plan/door/guidance.html", {"pages": queries.published_guidance()})


@require_safe
def guidance_page(request, address):
    """One page. One that is not published is answered like one that is not there."""
    page = get_object_or_404(queries.published_guidance(), address=address)
    text = queries.text_inside(page, is_confined=bool(doors.came_by(request)))
    return render(request, "my_plan/door/guidance_page.html", {"page": page, "text": text})


@require_safe
def guidance_named(request, slug):
    """From where a page stood before, as in the portal."""
    return redirect("door:guidance_page", get_object_or_404(queries.published_guidance(), slug=slug).address)


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "web/accessibility.html")


@require_POST
def stay(request):
    """One more click before the session ends, without leaving this part."""
    end = sessions.stay(request)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"idle_seconds": end.idle_seconds, "total_seconds": end.total_seconds})
    return redirect("door:start")
