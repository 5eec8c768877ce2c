"""Finding someone who has been there, by what one would like to talk about.

What is typed and chosen is posted: it stands in no address, and nowhere afterwards. No view writes, and no page tells
how many there are.
"""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from wellbeing.support import queries as support
from wellbeing.support.models import Service, Topic

from .. import policy, queries
from ..forms import NarrowForm, WordsForm
from ..queries import stories as told

_LINES, _STORIES = 5, 3  # shown


@require_safe
def topics(request):
    """What people would talk about, to choose from."""
    return render(request, "spocs/list.html", _front(request) | {"topics": Topic.objects.shown()})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def everybody(request):
    """Everybody who is listed; posted, narrowed by what was chosen."""
    context = _people(request)
    return render(request, "spocs/people.html" if request.htmx else "spocs/everybody.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def find(request):
    """The topics that somebody means. Whoever comes without a word, by going back or by a bookmark, is led to all."""
    if request.method != "POST":
        return redirect("spocs:list")
    text = WordsForm(request.POST).words
    meant = support.topics_meant(text)
    context = {
        "text": text,
        "meant": meant,
        "topics": meant or Topic.objects.shown(),
        "is_urgent": any(topic.urgent for topic in meant),
    }
    if request.htmx:
        return render(request, "spocs/topics.html", context | {"lines": _lines()})
    return render(request, "spocs/list.html", _front(request) | context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request, topic_id):
    """Who would talk about one topic, and what to read. One that is hidden is answered like an unknown one."""
    topic = get_object_or_404(Topic.objects.shown(), pk=topic_id)
    context = _people(request, topic) | {"topic": topic, "this_topic": [topic]}
    if request.htmx:
        return render(request, "spocs/people.html", context)
    context["stories"] = told.in_fair_order(told.published(topic))[:_STORIES]
    context["guidance"] = support.published_guidance().filter(topics=topic)
    return render(request, "spocs/topic.html", context)


def _people(request, topic: Topic | None = None) -> dict:
    form = NarrowForm(request.POST if request.method == "POST" else {})
    found = queries.people(policy.visible_to(request.user), topic=topic, asked=form.asked)
    return {"narrow": form, "people": found, "lines": _lines(), "is_night": queries.is_night()}


def _front(request) -> dict:
    own = policy.own_profile(request.user).first()
    may_invite = policy.may_invite(request.user)
    return {"own": own, "may_invite": may_invite, "lines": _lines(), "is_night": queries.is_night()}


def _lines():
    """The first few lines that answer day and night, those for a crisis before others."""
    return Service.objects.filter(always_open=True).order_by("-urgent", "order", "name")[:_LINES]
