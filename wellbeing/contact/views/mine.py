"""A request, for its two people: who asked and who was asked. Everybody else finds no such page.

Whoever asked needs no second factor. A volunteer reads with theirs, as on all pages of their role.
"""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web.assurance import is_assured, while_certain
from wellbeing.web.refused import say_why

from .. import actions, queries
from ..forms import ReportForm
from ..models import Handler


def of_the_two(view):
    """Decorator: calls the view with the request to be contacted, opened; 404 for everybody but its two people."""

    @while_certain
    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request, pk):
        shown = queries.shown_to(request.user, pk)
        if shown is None:
            raise Http404
        if not shown.is_mine and not is_assured(request):
            return redirect("second_factor_needed")
        return view(request, shown)

    return wrapped


def twice_is_once(view):
    """Decorator: pressed again once there is nothing left to do, a button leads to one's list, as it did before.

    So it does for a stranger, and for a key that nothing has: it proves nothing.
    """

    @wraps(view)
    def wrapped(request, pk):
        try:
            return view(request, pk)
        except Http404:
            if request.method != "POST":
                raise
            messages.info(request, "It is not here any longer.")
            return redirect("contact:mine")

    return wrapped


@while_certain
@require_safe
def mine(request):
    """What somebody asked, and what they were asked."""
    assured = is_assured(request)
    asked_of_me = queries.asked_of(request.user)
    context = {
        "asked": queries.asked_by(request.user),
        "asked_of_me": asked_of_me if assured else [],
        "needs_factor": bool(asked_of_me) and not assured,
        "blocks": queries.blocks_of(request.user),
    }
    return render(request, "contact/mine.html", context)


@of_the_two
@require_safe
def show(request, shown):
    row = shown.row
    others = queries.others(request.user, but={(row.volunteer_id, row.kind)}) if shown.may_pick_another else []
    return render(request, "contact/request.html", {"shown": shown, "others": others})


@of_the_two
@require_POST
@say_why(on="contact:mine")
def in_touch(request, shown):
    actions.requests.say_in_touch(by=request.user, key=shown.row.pk)
    messages.success(request, "Thank you. You will not be reminded of this again.")
    return redirect("contact:request", shown.row.pk)


@twice_is_once
@of_the_two
@require_POST
@say_why(on="contact:mine")
def cannot(request, shown):
    actions.requests.say_cannot(by=request.user, key=shown.row.pk)
    messages.success(request, "Thank you for saying so. They are shown somebody else, and nobody asks why.")
    return redirect("contact:mine")


@twice_is_once
@of_the_two
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, shown):
    if request.method == "POST":
        actions.requests.delete(by=request.user, key=shown.row.pk)
        messages.success(request, "It is deleted for good.")
        return redirect("contact:mine")
    return render(request, "contact/delete.html", {"shown": shown})


@twice_is_once
@of_the_two
@require_http_methods(["GET", "HEAD", "POST"])
@say_why(on="contact:mine")
def block(request, shown):
    if request.method == "POST":
        actions.blocks.block(by=request.user, request=shown.row.pk)
        messages.success(request, "Done. They are not told.")
        return redirect("contact:mine")
    return render(request, "contact/block.html", {"shown": shown})


@while_certain
@require_POST
def unblock(request, pk):
    actions.blocks.unblock(by=request.user, key=pk)
    messages.success(request, "The two of you can be put in touch again.")
    return redirect("contact:mine")


@of_the_two
@require_http_methods(["GET", "HEAD", "POST"])
@say_why(on="contact:mine")
def report(request, shown):
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm.blank()
    if form.is_bound and form.is_valid():
        actions.reports.report(
            by=request.user, request=shown.row.pk, key=form.cleaned_data["id"], words=form.cleaned_data["words"]
        )
        messages.success(request, "Your report is on its way. The request itself stays as it is.")
        return redirect("contact:request", shown.row.pk)
    handler = Handler(queries.handler_for(shown.row.asker, shown.row.volunteer))
    return render(request, "contact/report.html", {"shown": shown, "form": form, "handler": handler})
