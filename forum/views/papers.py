"""Papers of a meeting: read by those who sit at the forum, written by its secretary."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions import invitations as actions
from forum.forms.meetings import PaperForm
from forum.models import Meeting, Paper
from forum.policy import RUNS, for_members, runs
from wellbeing.support import markdown
from wellbeing.web.assurance import for_permission


@for_members
@require_safe
def paper(request, pk):
    found = get_object_or_404(Paper.objects.select_related("meeting", "changed_by"), pk=pk)
    context = {"paper": found, "text": markdown.rendered(found.text), "runs": runs(request.user)}
    return render(request, "forum/meetings/paper.html", context)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def add_paper(request, pk):
    return _write(request, get_object_or_404(Meeting, pk=pk), None)


@for_permission(RUNS)
@require_http_methods(["GET", "POST"])
def change_paper(request, pk):
    found = get_object_or_404(Paper.objects.select_related("meeting"), pk=pk)
    return _write(request, found.meeting, found)


@for_permission(RUNS)
@require_POST
def delete_paper(request, pk):
    found = get_object_or_404(Paper.objects.select_related("meeting"), pk=pk)
    actions.delete_paper(paper=found, by=request.user)
    messages.success(request, f"“{found}” is deleted.")
    return redirect(found.meeting)


def _write(request, meeting: Meeting, paper: Paper | None):
    """The form, and on its second button how the text reads; only the first saves."""
    form = PaperForm(request.POST or None, paper=paper)
    preview = None
    if form.is_valid() and "preview" in request.POST:
        preview = markdown.rendered(form.cleaned_data["text"])
    elif form.is_valid():
        try:
            saved = actions.save_paper(meeting=meeting, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"“{saved}” is saved.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "paper": paper, "preview": preview}
    return render(request, "forum/meetings/change_paper.html", context)
