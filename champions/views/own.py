"""The pages on which champions keep their own entry."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from champions import actions, policy, queries
from champions.forms import AwayForm, EntryForm, StationsForm
from champions.queries import life, posters
from wellbeing.web.assurance import assured
from wellbeing.web.refused import say_why


@require_GET
def mine(request):
    champion = queries.shown(policy.own_entry(request.user)).first()
    if champion is None:
        return render(request, "champions/not_a_champion.html", {"coming": life.on_the_way(request.user)})
    context = {"champion": champion, "posters": posters.own_posters(request.user), "own": life.own_time(champion)}
    return render(request, "champions/mine.html", context)


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


def get_own(request):
    """The entry of whoever asks; 404 for everybody who keeps none."""
    return get_object_or_404(queries.shown(policy.own_entry(request.user)))


def _done(request, sentence: str):
    messages.success(request, sentence)
    return redirect("champions:mine")
