"""The directory, a station, a champion.

Nothing here notes who looked at whom: no view writes when it only shows.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from champions import policy, queries
from champions.forms import SearchForm
from wellbeing.people.models import Station
from wellbeing.training.queries.coming import coming_up
from wellbeing.web import sign_in_first

IN_ADDRESS = ("division", "when", "page")


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def directory(request):
    """What was chosen may stand in the address; what was typed is posted and stands nowhere afterwards."""
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(asked)
    search = form.search(near=request.user.station)
    if request.method == "POST" and not request.htmx and not search.text:
        return redirect(_address(asked))
    results = queries.directory(search, _page(asked))
    context = {"form": form, "search": search, "results": results, "divisions": queries.divisions()}
    if search.division:
        context["stations"] = queries.stations_of(search.division)
    if not results.champions:
        context |= vars(queries.instead(search))
    return render(request, "champions/results.html" if request.htmx else "champions/directory.html", context)


@login_not_required
@require_GET
def station(request, slug):
    if not policy.may_read_station_page(request.user):
        return sign_in_first.ask(request)
    station = Station.objects.filter(slug=slug, closed=False).select_related("division").first()
    if station is None:
        return render(request, "champions/unknown_station.html", {"divisions": queries.divisions()}, status=404)
    champions = queries.for_station(station, limit=None)
    nearest = [] if champions else queries.nearest_cover(station)
    context = {"station": station, "champions": champions, "nearest": nearest, "events": coming_up(station)}
    return render(request, "champions/station.html", context)


@require_GET
def profile(request, champion_id):
    champion = queries.shown(policy.visible_to(request.user)).filter(pk=champion_id).first()
    if champion is None:
        return render(request, "champions/not_listed.html", status=404)
    return render(request, "champions/profile.html", {"champion": champion})


def _address(asked) -> str:
    """The directory's address with what may stand in it."""
    kept = QueryDict(mutable=True)
    kept.update({name: asked[name] for name in IN_ADDRESS if asked.get(name)})
    return f"{reverse('champions:directory')}{'?' if kept else ''}{kept.urlencode()}"


def _page(asked) -> int:
    page = asked.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
