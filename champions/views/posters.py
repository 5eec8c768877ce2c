"""A station's poster, all of them as one file, and saying that one hangs. Only a button writes."""

from contextlib import suppress

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from redis.exceptions import RedisError

from champions import actions, posted_links, poster_pdf, poster_words
from champions.forms import PostersForm
from champions.models import Champion, How, Size
from champions.queries import posters as queries
from wellbeing.people.models import Station
from wellbeing.web.assurance import for_permission
from wellbeing.web.pdf import CannotPrint

RUNS = ("champions.run_network", "champions.change_champion")
_TAPS = "20/m/ip"


@require_GET
def poster(request, slug):
    """The poster as a page to print."""
    found = queries.poster(_station(slug))
    context = {
        "poster": found,
        "words": poster_words.words_of(found, today=timezone.localdate()),
        "codes": poster_words.codes_of(found),
        "fit": poster_words.fit_of(found),
        "size": _size(request),
        "sizes": Size,
    }
    return render(request, "champions/poster/poster.html", context)


@require_GET
def pdf(request, slug):
    """The poster as a PDF, made now."""
    station, size = _station(slug), _size(request)
    try:
        content = poster_pdf.pdf_of([queries.poster(station)], size=size, today=timezone.localdate())
    except CannotPrint:
        messages.warning(request, "The PDF could not be made. Print this page instead: it says the same.")
        return redirect("champions:poster", slug)
    return _file(content, f"poster-{station.slug}-{size.lower()}.pdf")


@for_permission(*RUNS)
@require_http_methods(["GET", "POST"])
def posters(request):
    """Every station's poster and whether it hangs; and all of them as one file."""
    form = PostersForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            run = actions.ask_for_posters(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("division", refusal)
        else:
            return redirect("champions:posters_run", run.pk)
    context = {"form": form, "stations": queries.stations_with_postings(), "runs": queries.runs_of(request.user)}
    return render(request, "champions/poster/posters.html", context)


@for_permission(*RUNS)
@require_GET
def run(request, key):
    """How far a file is; a page that asks every two seconds gets that part alone, and the whole once it is made."""
    row = get_object_or_404(queries.runs_of(request.user), pk=key)
    if request.htmx and not row.is_waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"run": row, "done": actions.done_of(row), "waiting_long": actions.is_waiting_long(row)}
    return render(request, "champions/poster/progress.html" if request.htmx else "champions/poster/run.html", context)


@for_permission(*RUNS)
@require_GET
def run_file(request, key):
    """The file itself, to whoever asked for it."""
    row = get_object_or_404(queries.runs_of(request.user).defer(None), pk=key)
    if not row.is_made:
        return redirect("champions:posters_run", key)
    return _file(bytes(row.pdf), f"posters-{row.division.slug if row.division else 'all'}-{row.size}.pdf")


@login_not_required
@require_http_methods(["GET", "POST"])
def posted(request, token):
    """Where a code or a mail leads: one button. What the poster says is shown to whoever has it before them."""
    said = posted_links.read(token)
    if said is None or (request.method == "POST" and _is_too_much(request)):
        raise Http404
    by = _asked(said)
    found = queries.poster(get_object_or_404(Station, pk=said.station_id, closed=False))
    context = {"poster": found, "is_current": found.fingerprint == said.fingerprint}
    if request.method == "POST" and context["is_current"]:
        actions.confirm_posted(poster=found, by=by, how=How.MAIL if by else How.QR)
        context["done"] = True
    return render(request, "champions/poster/posted.html", context)


@require_POST
def hangs(request, slug):
    """A champion says so on their own page, of the poster that the page was made with."""
    station = next((one for one in queries.covered_by(request.user) if one.slug == slug), None)
    if station is None:
        raise Http404
    found = queries.poster(station)
    if found.fingerprint == request.POST.get("says"):
        actions.confirm_posted(poster=found, by=request.user, how=How.PAGE)
        messages.success(request, f"Thank you. The poster hangs at {station}.")
    else:
        messages.warning(request, f"The poster of {station} says something else by now. Print it anew, please.")
    return redirect("champions:mine")


def _station(slug: str) -> Station:
    return get_object_or_404(Station.objects.select_related("division"), slug=slug, closed=False)


def _size(request) -> Size:
    return Size.A3 if request.GET.get("size") == Size.A3 else Size.A4


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _asked(said: posted_links.Posted):
    """The champion whom a mail went to, None for a code on paper; 404 once they are a champion no longer."""
    if said.champion_id is None:
        return None
    return get_object_or_404(Champion.objects.serving().select_related("person"), pk=said.champion_id).person


def _is_too_much(request) -> bool:
    """Whether so many came from one place that it is no person who taps. Without a cache nobody is turned away."""
    with suppress(RedisError):
        return not ratelimit.consume(request, app="champions", action="posted", config={"posted": _TAPS})
    return False
