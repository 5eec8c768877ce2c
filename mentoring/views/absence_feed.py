"""HR's file of absences: choose it, read what it would do, confirm."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.actions import absence_feed as actions
from mentoring.forms.absence_feed import FeedForm
from mentoring.queries import absence_feed as queries

from .for_role import for_role

ROWS_ON_A_PAGE = 100
MOVES_SHOWN = 50


def _of_file(view):
    """The view is given the file whose key stands in the address: for whoever chose it, while it is kept."""

    @for_role("hr")
    @wraps(view)
    def wrapped(request, pk):
        feed = queries.feed_of(request.user, pk)
        if feed is None:
            raise Http404
        try:
            return view(request, feed)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            gone = queries.NO_LONGER_KEPT in refusal.messages
            return redirect("mentoring:absence_feed") if gone else redirect("mentoring:absence_feed_file", feed.pk)

    return wrapped


@for_role("hr")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request):
    form = FeedForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        feed = actions.receive(file=form.cleaned_data["file"], by=request.user)
        return redirect("mentoring:absence_feed_file", feed.pk)
    return render(request, "mentoring/absence_feed.html", {"form": form})


@_of_file
@require_safe
def file(request, feed):
    """What the file would do now; once it is carried out, what it did."""
    kept = queries.opened(feed)
    done = kept.counts is not None
    plan = None if done else queries.plan(kept.file.lines, by=request.user)
    rejected = kept.rejected if done else plan.rejected
    context = {
        "feed": feed,
        "file": kept.file,
        "plan": plan,
        "sentence": queries.sentence(kept.counts if done else plan.counts, done=done),
        "moves": plan.moves[:MOVES_SHOWN] if plan else [],
        "more_moves": max(0, len(plan.moves) - MOVES_SHOWN) if plan else 0,
        "page": Paginator(rejected, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "mentoring/absence_feed_file.html", context)


@_of_file
@require_POST
def confirm(request, feed):
    actions.confirm(feed=feed, by=request.user, seen=request.POST.get("seen", ""))
    messages.success(request, "The file is carried out.")
    return redirect("mentoring:absence_feed_file", feed.pk)


@_of_file
@require_POST
def drop(request, feed):
    actions.drop(feed=feed, by=request.user)
    messages.success(request, "Nothing of the file is kept.")
    return redirect("mentoring:absence_feed")


@_of_file
@require_safe
def rejects(request, feed):
    """The refused rows with their reasons, as a file to mend and choose again."""
    kept = queries.opened(feed)
    rejected = kept.rejected if kept.counts is not None else queries.plan(kept.file.lines, by=request.user).rejected
    response = HttpResponse(queries.as_csv(rejected), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="rejected-rows.csv"'
    return response
