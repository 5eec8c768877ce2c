"""Stories to read, and the pages on which somebody writes their own.

Reading leaves no trace. Taking a story back asks for no second factor: it is as easy as giving it.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.confidential import drafts
from wellbeing.support.models import Topic
from wellbeing.web.assurance import while_certain
from wellbeing.web.refused import say_why

from .. import policy
from ..actions import stories as actions
from ..cautions import cautions_in
from ..forms.stories import AskForm, StoryForm
from ..models import StoryVersion
from ..queries import stories as queries
from .keeping import keeps_what_is_typed

MINE = "spocs:my_stories"


@require_safe
def show_all(request, topic_id=None):
    """Every published story, or those of one topic; the order changes each day."""
    topic = get_object_or_404(Topic.objects.shown(), pk=topic_id) if topic_id else None
    context = {
        "stories": queries.in_fair_order(queries.published(topic)),
        "topics": queries.topics_with_stories(),
        "topic": topic,
    }
    return render(request, "spocs/story/list.html", context)


@require_safe
def story(request, story_id):
    """Withdrawn, unknown, not published: the same answer for each, so that it proves nothing."""
    found = queries.published().filter(story=story_id).first()
    if found is None:
        return render(request, "spocs/no_longer_shared.html", status=410)
    may_print = policy.may_note_printings(request.user, story_id)
    context = {"story": found, "may_print": may_print, "may_run": policy.may_run_stories(request.user)}
    return render(request, "spocs/story/story.html", context)


@while_certain
@require_safe
def mine(request):
    return render(request, "spocs/story/mine.html", {"stories": queries.own_stories(request.user)})


@keeps_what_is_typed
@require_http_methods(["GET", "POST"])
def write(request, story_id=None):
    """A new story, or a new text for one of one's own; what was typed as a session ended stands in it again."""
    own = queries.own_story(request.user, story_id) if story_id else None
    kept_as = queries.own_kept_as(request.user, story_id)
    if "drop" in request.POST:
        drafts.drop(author=request.user, form=kept_as)
        return redirect(request.path)
    kept = drafts.find(author=request.user, form=kept_as) if request.method == "GET" else None
    form = StoryForm(
        request.POST if request.method == "POST" else None,
        kept=kept and kept.data,
        ticket=drafts.ticket(author=request.user, form=kept_as),
        instance=own and (own.open or own.published),
    )
    if not kept and form.is_valid() and (draft := _written(request, story_id, form)):
        drafts.drop(author=request.user, form=kept_as)
        messages.success(request, "Saved. Nobody but you can read it.")
        return redirect("spocs:own_story", draft.story_id)
    return render(request, "spocs/story/write.html", {"form": form, "own": own, "kept": kept})


def _written(request, story_id, form) -> StoryVersion | None:
    """The draft; None where somebody reads it just now: what was typed stays on the page."""
    try:
        return actions.write(by=request.user, story=story_id, **form.written)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


@while_certain
@sensitive_post_parameters()
@require_POST
def cautions(request):
    """While somebody writes: what in it they may want to look at again. Nothing of it is kept."""
    return render(request, "spocs/story/cautions.html", {"cautions": cautions_in(request.POST.get("text", ""))})


@while_certain
@require_safe
def own_story(request, story_id):
    """How it looks, how far it is, and what comes next."""
    own = queries.own_story(request.user, story_id)
    context = {
        "own": own,
        "cautions": cautions_in(own.open.text) if own.open else [],
        "may_publish": bool(own.open) and queries.may_be_published(own.open),
        "printings": queries.printings_of(story_id),
        "days": queries.rules().days_to_think,
    }
    return render(request, "spocs/story/own.html", context)


@while_certain
@require_http_methods(["GET", "POST"])
@say_why(on="spocs:own_story", with_its_key=True)
def ask(request, story_id):
    """Who can read it and what it may lead to, before anybody does."""
    version = _open(request, story_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.ask_for_review(version=version, by=request.user)
        messages.success(request, "A second person will read it now. You will be told when there is an answer.")
        return redirect("spocs:own_story", story_id)
    context = {"form": form, "version": version, "days": queries.rules().days_to_think}
    return render(request, "spocs/story/ask.html", context)


@while_certain
@require_POST
@say_why(on="spocs:own_story", with_its_key=True)
def take_back(request, story_id):
    actions.take_back(version=_open(request, story_id), by=request.user)
    messages.success(request, "It is a draft again, yours alone.")
    return redirect("spocs:own_story", story_id)


@while_certain
@require_POST
@say_why(on="spocs:own_story", with_its_key=True)
def publish(request, story_id):
    """One's own tap, after the days to think again."""
    own = queries.own_story(request.user, story_id)
    actions.publish(version=own.open or own.published, by=request.user)
    messages.success(request, "Your story is published. Thank you. You can withdraw it at any time, in one step.")
    return redirect("spocs:story", story_id)


@while_certain
@require_POST
def withdraw(request, story_id):
    """One step, no reason; pressed twice, it is once."""
    try:
        actions.withdraw(story_id=story_id, by=request.user)
    except PermissionDenied as strange:
        raise Http404 from strange
    messages.success(request, "Your story is withdrawn and deleted. No page shows it any longer.")
    return redirect(MINE)


@while_certain
@require_POST
@say_why(on="spocs:own_story", with_its_key=True)
def discard(request, story_id):
    """Only the new version goes; pressed twice, it is once."""
    own = queries.own_story(request.user, story_id)
    actions.discard(story_id=own.story_id, by=request.user)
    messages.success(request, "The new version is deleted. What is published stays up.")
    return redirect("spocs:own_story", story_id)


@while_certain
@require_http_methods(["GET", "POST"])
@say_why(on=MINE)
def remove_name(request, story_id):
    """Let the story stay without one's name: what that means stands before the button."""
    own = queries.own_story(request.user, story_id)
    if request.method == "POST":
        actions.remove_name(story_id=story_id, by=request.user)
        messages.success(request, "Your story stays, and nothing ties it to you any longer.")
        return redirect(MINE)
    return render(request, "spocs/story/remove_name.html", {"own": own})


def _open(request, story_id) -> StoryVersion:
    """The version on its way of one's own story; 404 where there is none."""
    own = queries.own_story(request.user, story_id)
    return get_object_or_404(StoryVersion, pk=own.open.pk if own.open else None)
