"""Stories for whoever reads them first, runs them, or keeps one where it is printed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web.assurance import for_permission, is_assured
from wellbeing.web.refused import say_why

from .. import policy
from ..actions import stories as actions
from ..cautions import cautions_in
from ..forms.stories import DaysForm, PrintingForm, ReviewForm, TakeOffForm
from ..queries import stories as queries

QUEUE = "spocs:stories_to_review"


@for_permission("spocs.review_stories")
@require_http_methods(["GET", "POST"])
def to_review(request):
    """What waits for a second person; for whoever runs the stories also the days to think again."""
    form = DaysForm(
        request.POST if request.method == "POST" else None, initial={"days_to_think": queries.rules().days_to_think}
    )
    may_run = policy.may_run_stories(request.user)
    if may_run and form.is_valid():
        actions.set_story_rules(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. It counts for stories that are passed from now on.")
        return redirect(QUEUE)
    context = {"waiting": queries.to_review(request.user), "form": form if may_run else None}
    return render(request, "spocs/story/to_review.html", context)


@for_permission("spocs.review_stories")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@say_why(on=QUEUE)
def review(request, version_id):
    version = get_object_or_404(queries.to_review(request.user), pk=version_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _answer(request, version, form.cleaned_data)
        return redirect(QUEUE)
    context = {"version": version, "form": form, "cautions": cautions_in(version.text)}
    return render(request, "spocs/story/review.html", context)


def _answer(request, version, said: dict) -> None:
    if "back" in request.POST:
        actions.send_back(version=version, by=request.user, sentence=said["sentence"])
        messages.success(request, "It has gone back with your sentence.")
    else:
        actions.pass_on(version=version, by=request.user, ticks=said["ticks"])
        messages.success(request, "It is passed. Whoever wrote it now thinks again, and publishes it themselves.")


@for_permission("spocs.run_stories")
@require_http_methods(["GET", "POST"])
def take_off(request, story_id):
    """A published story that must not stand: for example because somebody in it can be recognised."""
    story = get_object_or_404(queries.published(), story=story_id)
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.take_off(story_id=story_id, by=request.user, **form.cleaned_data)
        except PermissionDenied as own:
            raise Http404 from own
        messages.success(request, "No page shows it any longer.")
        return redirect("spocs:stories")
    return render(request, "spocs/story/take_off.html", {"story": story, "form": form})


@require_http_methods(["GET", "POST"])
def note_printing(request, story_id):
    """Where else a story is printed: for its author and whoever runs the stories, nobody else."""
    if not policy.may_note_printings(request.user, story_id):
        raise Http404
    if not policy.wrote(request.user, story_id) and not is_assured(request):
        return redirect("second_factor_needed")
    form = PrintingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.note_printing(story_id=story_id, by=request.user, **form.cleaned_data)
        except PermissionDenied as withdrawn:
            raise Http404 from withdrawn
        messages.success(
            request, "Noted. When the story is withdrawn, whoever keeps it there is asked to take it down."
        )
        return redirect("spocs:story_printed", story_id)
    story = queries.published().filter(story=story_id).first()
    context = {"story": story, "form": form, "printings": queries.printings_of(story_id)}
    return render(request, "spocs/story/printed.html", context)


@require_safe
def printings(request):
    """What one keeps somewhere and is asked to take down; for whoever runs the stories, everything of that kind."""
    return render(request, "spocs/story/printings.html", {"printings": _to_take_down(request)})


@require_POST
def taken_down(request, printing_id):
    """Ticked off; pressed twice, it is once."""
    printing = _own_printings(request).filter(pk=printing_id).first()
    if printing is not None:
        actions.taken_down(printing=printing, by=request.user)
        messages.success(request, "Thank you. It is noted as taken down, and nothing of it is kept here.")
    return redirect("spocs:printings")


def _own_printings(request):
    runs = policy.may_run_stories(request.user) and is_assured(request)
    return queries.printings_for(request.user, all_of_them=runs)


def _to_take_down(request):
    return _own_printings(request).exclude(asked="")
