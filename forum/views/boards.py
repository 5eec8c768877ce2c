"""Noticeboards as pages, on paper and on screens; where they hang, and who has told their strand."""

from contextlib import suppress

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis.exceptions import RedisError

from forum import board_pdf, board_words, hung_links, policy, screen_pages
from forum.actions import boards as actions
from forum.forms.boards import ScreenForm
from forum.models import How, Screen
from forum.policy import RUNS
from forum.queries import boards as queries
from forum.queries import home, seats
from wellbeing.people.models import Division
from wellbeing.web.assurance import for_permission
from wellbeing.web.pdf import CannotPrint
from wellbeing.web.refused import say_why

_TAPS = "20/m/ip"


@require_safe
def noticeboards(request):
    """Every division's board: for anybody signed in."""
    return render(request, "forum/boards/all.html", {"divisions": queries.divisions()})


@require_safe
def noticeboard(request, slug):
    """What stands on a division's board, now."""
    return render(request, "forum/boards/board.html", _shown(queries.board(_division(slug))))


@require_safe
def paper(request, slug):
    """The same to print: everything, on as many sheets as it takes."""
    found = queries.board(_division(slug), lasting=True)
    context = _shown(found) | {"codes": board_words.codes_of(found), "sizes": board_pdf.SIZES}
    return render(request, "forum/boards/paper.html", context)


@require_safe
def pdf(request, slug):
    """The poster as a PDF on one sheet, made now."""
    division, size = _division(slug), "a3" if request.GET.get("size") == "a3" else "a4"
    try:
        content = board_pdf.pdf_of(queries.board(division, lasting=True), size=size)
    except CannotPrint:
        messages.warning(request, "The PDF could not be made. Print this page instead: it says the same.")
        return redirect("noticeboard_paper", slug)
    headers = {"Content-Disposition": f'attachment; filename="noticeboard-{division.slug}-{size}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def screen(request, slug):
    """The board for a screen on a wall, to whoever is signed in."""
    return _on_screen(request, queries.board(_division(slug)), shows_ways=True)


@login_not_required
@require_safe
def wall(request, token):
    """The same to whoever has the screen's address. Numbers and addresses of people stand there only where the force
    shows them to everybody."""
    found = queries.screen_of(token)
    if found is None:
        raise Http404
    board = queries.board(found.division)
    answer = _on_screen(request, board, shows_ways=board.is_public)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def hung(request, token):
    """Whoever was asked by mail, or stands before the paper, says that it hangs. Only the button writes."""
    said = hung_links.read(token)
    if said is None or (request.method == "POST" and _is_too_much(request)):
        raise Http404
    postings, by, is_current = _asked(said)
    context = {"postings": postings, "is_current": is_current}
    if request.method == "POST" and is_current:
        chosen = next((one for one in postings if str(one.pk) == request.POST.get("posting")), None)
        if chosen is None:
            raise Http404
        actions.confirm_posted(posting=chosen, by=by, how=How.MAIL if by else How.QR)
        context["done"] = chosen
    return render(request, "forum/boards/hung.html", context)


@require_safe
def my_boards(request):
    """A champion's boards, and whether they hang."""
    if not request.user.holds("champion"):
        raise Http404
    return render(request, "forum/boards/mine.html", {"postings": queries.postings_of(request.user)})


@require_POST
@say_why(on="forum:my_boards")
def hangs(request, pk):
    if not request.user.holds("champion"):
        raise Http404
    posting = actions.confirm_own(pk=pk, by=request.user)
    messages.success(request, f"Thank you. It hangs at {posting.station}.")
    return redirect("forum:my_boards")


@policy.for_members
@require_POST
def relayed(request, pk):
    """Whoever sits for a strand says that it has been told."""
    relay = get_object_or_404(queries.relays_to_tell(request.user), pk=pk)
    actions.confirm_relayed(relay=relay, by=request.user)
    messages.success(request, f"Thank you. It is noted that {relay.strand} has been told.")
    return redirect("forum:mine")


@for_permission(RUNS)
@require_safe
def reach(request):
    """Where what was decided hangs, and which strands have been told."""
    context = {"reach": queries.reach(), "relays": queries.relays(), "vacant": seats.vacant()}
    return render(request, "forum/boards/reach.html", context | {"latest": home.latest_published()})


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def screens(request):
    """The screens on walls; the address of a new one is shown this once."""
    form = ScreenForm(request.POST or None)
    address = ""
    if form.is_valid():
        try:
            token = actions.open_screen(by=request.user, **form.cleaned_data)
            address = settings.PORTAL_URL + reverse("noticeboard_wall", args=[token])
            form = ScreenForm()
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "screens": queries.screens(), "address": address}
    return render(request, "forum/boards/screens.html", context)


@for_permission(RUNS)
@require_POST
def close_screen(request, pk):
    found = Screen.objects.select_related("division").filter(pk=pk).first()
    if found:
        actions.close_screen(screen=found, by=request.user)
        messages.success(request, f"The address of {found} no longer works.")
    return redirect("forum:screens")


def _division(slug: str) -> Division:
    return get_object_or_404(Division, slug=slug)


def _shown(board: queries.Board) -> dict:
    """What templates show of a board, with the sentences that are the same everywhere."""
    return {
        "board": board,
        "title": board_words.TITLE,
        "decided": board_words.decided(board),
        "published": board_words.published(board),
        "to_come": board_words.to_come(board),
    }


def _on_screen(request, board: queries.Board, *, shows_ways: bool) -> HttpResponse:
    pages = screen_pages.pages_of(board)
    asked = request.GET.get("page", "")
    number = min(int(asked), len(pages)) if asked.isdecimal() and 0 < len(asked) < 4 else 1
    context = _shown(board) | {
        "pages": pages,
        "shown": max(number, 1),
        "before": (number - 2) % len(pages) + 1,
        "after": number % len(pages) + 1,
        "seconds": seats.rules().screen_seconds,
        "shows_ways": shows_ways,
    }
    return render(request, "forum/boards/screen.html", context)


def _asked(said: hung_links.Hung):
    """What an address asks about, who was asked (None by the code on paper), and whether it is still so; 404 for
    somebody who keeps that board no longer."""
    if said.keeper_id is None:
        return queries.postings_in(said.division_id), None, queries.is_current(said.meeting_id, said.edition)
    if (row := queries.keeper(said.keeper_id)) is None:
        raise Http404
    posting = row.posting
    return [posting], row.person, queries.is_current(posting.meeting_id, posting.edition)


def _is_too_much(request) -> bool:
    """Whether so many came from one place that it is no person who taps. Without a cache nobody is turned away."""
    with suppress(RedisError):
        return not ratelimit.consume(request, app="forum", action="hung", config={"hung": _TAPS})
    return False
