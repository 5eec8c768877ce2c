"""The directory, a station, a champion; and the pages on which champions keep their own entry.

Nothing here notes who looked at whom: no view writes when it only shows.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellbeing.people.models import Station
from wellbeing.web import sign_in_first
from wellbeing.web.assurance import assured
from wellbeing.web.refused import say_why

from . import actions, policy, queries
from .forms import AwayForm, EntryForm, SearchForm, StationsForm

IN_ADDRESS = ("division", "when", "page")


# --- Finding somebody -----------------------------------------------------------------------------


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
    return render(request, "champions/station.html", {"station": station, "champions": champions, "nearest": nearest})


@require_GET
def profile(request, champion_id):
    champion = queries.shown(policy.visible_to(request.user)).filter(pk=champion_id).first()
    if champion is None:
        return render(request, "champions/not_listed.html", status=404)
    return render(request, "champions/profile.html", {"champion": champion})


# --- One's own entry ------------------------------------------------------------------------------


@require_GET
def mine(request):
    champion = queries.shown(policy.own_entry(request.user)).first()
    if champion is None:
        return render(request, "champions/not_a_champion.html")
    return render(request, "champions/mine.html", {"champion": champion})


@assured
@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def change_entry(request):
    champion = get_own(request)
    form = EntryForm(request.POST or None, instance=champion)
    if form.is_valid():
        actions.change_entry(champion=champion, by=request.user, **form.cleaned_data)
        return _done(request, "Your entry is saved. It shows in the directory from now on.")
    return render(request, "champions/change_entry.html", {"form": form})


@assured
@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def change_stations(request):
    champion = get_own(request)
    form = StationsForm(request.POST if request.method == "POST" else None, champion=champion)
    if form.is_valid():
        actions.set_coverage(champion=champion, stations=form.cleaned_data["stations"], by=request.user)
        return _done(request, "Your stations are saved.")
    return render(request, "champions/change_stations.html", {"form": form})


@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def go_away(request):
    champion = get_own(request)
    form = AwayForm(request.POST or None, champion=champion)
    if form.is_valid():
        actions.go_away(champion=champion, by=request.user, **form.cleaned_data)
        return _done(request, "Your dates are saved. People who look for you see them.")
    return render(request, "champions/go_away.html", {"form": form})


@require_POST
@say_why(on="champions:mine")
def come_back(request):
    actions.come_back(champion=get_own(request), by=request.user)
    return _done(request, "Welcome back. You are in the directory.")


@require_POST
@say_why(on="champions:mine")
def pause(request):
    actions.pause(champion=get_own(request), by=request.user)
    return _done(request, "You are off the directory. Nobody is told, and nobody asks why. Come back when you like.")


@require_POST
@say_why(on="champions:mine")
def resume(request):
    actions.resume(champion=get_own(request), by=request.user)
    return _done(request, "Welcome back. You are in the directory.")


@require_http_methods(["GET", "POST"])
@say_why(on="champions:mine")
def step_down(request):
    champion = get_own(request)
    if request.method == "GET":
        return render(request, "champions/step_down.html", {"champion": champion})
    actions.step_down(champion=champion, by=request.user)
    return render(request, "champions/thank_you.html")


def get_own(request):
    """The entry of whoever asks; 404 for everybody who keeps none."""
    return get_object_or_404(queries.shown(policy.own_entry(request.user)))


def _done(request, sentence: str):
    messages.success(request, sentence)
    return redirect("champions:mine")


def _address(asked) -> str:
    """The directory's address with what may stand in it."""
    kept = QueryDict(mutable=True)
    kept.update({name: asked[name] for name in IN_ADDRESS if asked.get(name)})
    return f"{reverse('champions:directory')}{'?' if kept else ''}{kept.urlencode()}"


def _page(asked) -> int:
    page = asked.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
