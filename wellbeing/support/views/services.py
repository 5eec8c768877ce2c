"""Whom to ring."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from .. import queries, snapshot


@login_not_required
@transaction.non_atomic_requests
@require_safe
def urgent(request):
    """Whom to ring or text now. `wellbeing/web/outage.py` answers it before sessions and identity; it
    is rendered without the request, so that it stands when the database does not."""
    return HttpResponse(render_to_string("urgent.html", queries.urgent_groups()), headers={"Cache-Control": "no-store"})


@login_not_required
@require_safe
def worried(request):
    """What to do when you are worried about a colleague."""
    return render(request, "support/worried.html", {"numbers": snapshot.urgent_numbers()})
