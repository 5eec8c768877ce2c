"""Minutes: read and commented on by those who sit at the forum, written by its secretary."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import policy
from forum.actions import minutes as actions
from forum.forms.minutes import ApproveForm, CommentForm, MinutesForm, SettleForm
from forum.models import Meeting, MinutesComment, MinutesVersion
from forum.policy import RUNS, for_members
from forum.queries import minutes as queries
from wellbeing.support import markdown
from wellbeing.web.assurance import for_permission
from wellbeing.web.refused import say_why

from .keeping import keeps_what_is_typed, let_go, with_kept


@for_members
@require_http_methods(["GET", "POST"])
def minutes(request, pk):
    """The latest version, what was said of it, and a box for a comment while there is time."""
    meeting = get_object_or_404(Meeting, pk=pk)
    found = queries.minutes_of(meeting)
    if found is None:
        raise Http404
    form = CommentForm(request.POST or None)
    if form.is_valid():
        try:
            actions.comment(meeting=meeting, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Thank you. The secretary reads it.")
            return redirect("forum:minutes", pk)
    last = queries.latest(found)
    context = {"meeting": meeting, "minutes": found, "form": form, "last": last, "runs": policy.runs(request.user)}
    context |= {"text": markdown.rendered(last.text) if last else "", "sits": policy.sits(request.user)}
    context |= {"versions": queries.versions(found), "comments": queries.comments(found)}
    return render(request, "forum/minutes/show.html", context)


@for_members
@require_safe
def version(request, pk):
    """An earlier version, as it was saved."""
    found = get_object_or_404(MinutesVersion.objects.select_related("minutes__meeting", "by"), pk=pk)
    return render(request, "forum/minutes/version.html", {"version": found, "text": markdown.rendered(found.text)})


@keeps_what_is_typed
@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def write(request, pk):
    """The minutes to write. Where another window saved meanwhile, both texts stand on the page; whatever is refused,
    what was typed stays."""
    meeting = get_object_or_404(Meeting, pk=pk)
    found = queries.minutes_of(meeting)
    last = queries.latest(found) if found else None
    initial = {"seen": last.number if last else 0, "text": last.text if last else queries.skeleton(meeting)}
    form = with_kept(request, MinutesForm, key=f"forum.minutes:{pk}", initial=initial)
    context = {"form": form, "meeting": meeting, "last": last}
    if form.is_valid() and "preview" in request.POST:
        context["preview"] = markdown.rendered(form.cleaned_data["text"])
    elif form.is_valid():
        try:
            said = {name: form.cleaned_data[name] for name in ("text", "seen")}
            actions.save(meeting=meeting, by=request.user, **said)
        except ValidationError as refusal:
            form.say(refusal)
            if refusal.code == actions.STALE:
                context |= _both(form, meeting)
        else:
            let_go(request, f"forum.minutes:{pk}")
            messages.success(request, "The version is saved.")
            return redirect("forum:minutes", pk)
    return render(request, "forum/minutes/write.html", context)


@for_permission(RUNS)
@require_POST
@say_why(on="forum:meeting", with_its_key=True)
def share(request, pk):
    actions.share(meeting=get_object_or_404(Meeting, pk=pk), by=request.user)
    messages.success(request, "Everybody who sits at the forum can read the draft now, and is asked to.")
    return redirect("forum:minutes", pk)


@for_permission(RUNS)
@require_POST
@say_why(on="forum:meetings")
def settle(request, pk):
    """What was done about a comment."""
    comment = get_object_or_404(MinutesComment, pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        actions.settle(comment=comment, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Say in a sentence of at most 300 characters what was done about the comment.")
    return redirect("forum:minutes", comment.minutes_id)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def approve(request, pk):
    meeting = get_object_or_404(Meeting, pk=pk)
    form = ApproveForm(request.POST or None, could=queries.could_approve(meeting))
    if form.is_valid():
        try:
            actions.approve(meeting=meeting, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.say(refusal)
        else:
            messages.success(request, "The minutes are approved, and stay as they are.")
            return redirect("forum:minutes", pk)
    return render(request, "forum/minutes/approve.html", {"form": form, "meeting": meeting})


def _both(form, meeting: Meeting) -> dict:
    """What was saved meanwhile, to stand beside what was typed; saving again follows on it."""
    found = queries.minutes_of(meeting)
    last = queries.latest(found) if found else None
    form.data = form.data.copy()
    form.data["seen"] = last.number if last else 0
    return {"last": last, "other": last}
