"""The wellbeing lead's figures: by division and quarter, from many people, and of nobody."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.queries import figures as queries
from mentoring.queries.absences import the_rules

from .for_role import for_role


@for_role("lead")
@require_safe
def figures(request):
    """Takes nothing from the address: what could be chosen could be compared."""
    return render(request, "mentoring/figures.html", {"charts": queries.charts(), "rules": the_rules()})
