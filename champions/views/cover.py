"""How the network covers the force: for HR, the coordinator and the wellbeing lead."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from champions import queries
from champions.queries import cover, cover_chart
from wellbeing.web.assurance import for_permission


@require_safe
@for_permission("champions.view_coverage")
def coverage(request):
    """The page on which a gap is seen; a division that does not exist counts as none chosen."""
    divisions = queries.divisions()
    division = divisions.filter(slug=request.GET.get("division", "")).first()
    network = cover.network(division)
    bars = cover_chart.drawn(network.totals)
    context = {"divisions": divisions, "division": division, "network": network, "bars": bars}
    return render(request, "champions/network/coverage.html", context | {"height": cover_chart.height_of(bars)})
