"""Whom to ring: the page for urgent help, the directory of services, and the pages of who keeps them right.

Nothing here notes who looked at what; no need stands in an address.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.people.models import Division
from wellbeing.web.assurance import lacks_factor_for
from wellbeing.web.refused import say_why
from wellbeing.web.templatetags.components import day

from .. import actions, policy, queries, snapshot
from ..forms.services import DirectoryForm
from ..models import Topic
from ..queries import services as of_services


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


@sensitive_post_parameters("need")
@require_http_methods(["GET", "HEAD", "POST"])
def directory(request):
    """All services, or those for what was chosen. At first, those for where the reader works."""
    here = queries.division_of(request.user)
    wish = DirectoryForm(request.POST if request.method == "POST" else {"division": here.pk if here else ""}).wish()
    context = {"wish": wish, "sections": of_services.sections(wish)}
    if not (wish.need or wish.open_now):
        context |= {"is_whole": True, "policies": of_services.policies()}
    if not request.htmx:
        context |= {"topics": Topic.objects.shown(), "divisions": Division.objects.all()}
        context["looks_after_some"] = policy.keeps_some_service(request.user)
    return render(request, "support/directory_results.html" if request.htmx else "support/directory.html", context)


@require_safe
def service(request, pk):
    """One service: when it answers, what happens, what the force hears, and who tried it."""
    found = get_object_or_404(of_services.service_page(pk))
    return render(request, "support/service_page.html", {"service": found})


@require_safe
def my_services(request):
    """The services that the reader looks after, those to be tried first on top."""
    return render(request, "support/my_services.html", {"services": of_services.kept_by(request.user)})


@require_POST
@say_why(on="my_services")
def service_works(request, pk):
    """“I tried it, and it works.” By their role alone, and not as the owner, with a second factor only."""
    found = get_object_or_404(policy.triable_by(request.user), pk=pk)
    if lacks_factor_for(request, found.owner_id):
        return redirect("second_factor_needed")
    found = actions.verify_service(service=found, by=request.user)
    messages.success(request, f"Thank you. {found} is to be tried again by {day(found.review_on)}.")
    return redirect("my_services")
