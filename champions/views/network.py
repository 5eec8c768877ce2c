"""The pages of whoever runs the network: the coordinator, and HR for what the office keeps."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from champions import gaps
from champions.forms.network import NetworkForm
from champions.queries import network as queries
from wellbeing.web.assurance import for_permission

KEEPERS = ("champions.run_network", "champions.change_champion")


@for_permission(*KEEPERS)
@require_safe
def network(request):
    """Every champion by state, what is due on top; what was chosen stands in the address."""
    form = NetworkForm(request.GET, reader=request.user)
    asked = form.asked()
    page = request.GET.get("page", "1")
    context = {
        "form": form,
        "asked": asked,
        "network": queries.network(request.user, asked, int(page) if page.isdecimal() and len(page) < 6 else 1),
        "gaps": gaps.in_the_network(),
        "chosen": _address(request),
    }
    return render(request, "champions/network/list.html", context)


def _address(request) -> str:
    """The choices as they stand in the address, for the links to other pages of the same."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
