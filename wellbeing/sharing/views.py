"""Sharing what was learnt, and taking in what others learnt: for the forum's secretary and the wellbeing lead."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.policy import SHARES
from wellbeing.web.assurance import for_permission

from . import actions, files, preview, queries
from .checked import FaultError
from .forms import FileForm, TakeInForm

# What is taken in, one of it and several.
_THINGS = {
    "outcomes": ("new decision of another force", "new decisions of another force"),
    "plan": ("draft of a commitment", "drafts of commitments"),
    "guidance": ("draft of guidance", "drafts of guidance"),
    "settings": ("setting", "settings"),
}


@for_permission(SHARES)
@require_safe
def sharing(request):
    """Where both begin."""
    return render(request, "sharing/sharing.html")


@for_permission(SHARES)
@require_http_methods(["GET", "POST"])
def share(request):
    """Everything that the file would hold, and what looks personal and stays out unless it is ticked; then the file."""
    divisions = (request.POST or request.GET).get("divisions") == "on"
    if request.method == "POST":
        content = actions.share(looked=set(request.POST.getlist("looked")), divisions=divisions, by=request.user)
        name = f"wellbeing-learning-{timezone.localdate():%Y-%m}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type="application/json", headers=headers)
    found = queries.entries(divisions=divisions)
    kinds = [(label, [one for one in found if one.kind == kind]) for kind, label in queries.KINDS.items()]
    rules = [(preview.MAY_CHANGE[room][1], _labelled(room, rows)) for room, rows in queries.settings().items()]
    context = {"kinds": kinds, "rules": rules, "divisions": divisions, "personal": any(one.findings for one in found)}
    return render(request, "sharing/share.html", context)


@for_permission(SHARES)
@require_http_methods(["GET", "POST"])
def take_in(request):
    """Another force's file, and what it would bring."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            found = preview.of(form.cleaned_data["file"], person=request.user)
        except FaultError as fault:
            form.add_error("file", str(fault))
        else:
            return _shown(request, found, files.carried(form.cleaned_data["file"]))
    return render(request, "sharing/take_in.html", {"form": form})


@for_permission(SHARES)
@require_POST
def take_in_ticked(request):
    """Take in what is ticked, all or nothing."""
    form, ticks = TakeInForm(request.POST), set(request.POST.getlist("take"))
    if not form.is_valid():
        messages.error(request, "The file did not come through whole. Choose it once more.")
        return redirect("sharing:take_in")
    learning = form.cleaned_data["learning"]
    try:
        numbers = actions.take_in(learning=learning, ticks=ticks, by=request.user)
    except (ValidationError, FaultError) as refusal:
        for sentence in getattr(refusal, "messages", [str(refusal)]):
            messages.error(request, sentence)
        messages.error(request, "Nothing was taken in.")
        return redirect("sharing:take_in")
    messages.success(request, _said(numbers))
    return redirect("sharing:sharing")


def _shown(request, found: preview.Preview, carried: str):
    return render(request, "sharing/preview.html", {"preview": found, "learning": carried})


def _said(numbers: dict[str, int]) -> str:
    """What was taken in, in words."""
    if not any(numbers.values()):
        return "Nothing of it was new."
    parts = [f"{number} {_THINGS[kind][number != 1]}" for kind, number in numbers.items() if number]
    return f"Taken in: {', '.join(parts)}."


def _labelled(room: str, rules: dict) -> list[tuple[str, object]]:
    return [(preview.label_of(room, name), value) for name, value in rules.items()]
