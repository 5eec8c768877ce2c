"""What the forum published, for everybody: to look through, and as a feed."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from forum import feed as feeds
from forum.actions import feed as actions
from forum.forms.outcomes import ArchiveForm
from forum.models import Feed
from forum.queries import outcomes as queries
from wellbeing.people.models import Force

_IN_ADDRESS = ("strand", "area", "division", "status")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def archive(request):
    """Published outcomes. Words are posted and stand in no address; the other choices may."""
    asked = request.POST if request.method == "POST" else request.GET
    form = ArchiveForm({name: asked.get(name, "") for name in ArchiveForm.base_fields})
    form.is_valid()  # what it does not understand counts as not chosen
    search = queries.Search(**{name: value for name, value in form.cleaned_data.items() if value})
    chosen = urlencode({name: asked[name] for name in _IN_ADDRESS if asked.get(name) and name not in form.errors})
    if request.method == "POST" and not search.text and "text" not in form.errors:
        return redirect(f"{reverse('forum:archive')}{'?' if chosen else ''}{chosen}")
    found = queries.archive(search, asked.get("page", 1))
    context = {"form": form, "archive": found, "chosen": chosen, "text": search.text, "has_feed": _has_feed(request)}
    return render(request, "forum/outcomes/archive.html", context)


@require_POST
def open_feed(request):
    """The feed's address, shown this once: it is kept nowhere."""
    address = settings.PORTAL_URL + reverse("forum:feed", args=[actions.open_feed(by=request.user)])
    return render(request, "forum/outcomes/feed.html", {"address": address})


@require_POST
def close_feed(request):
    actions.close_feed(by=request.user)
    messages.success(request, "The address of your feed no longer works.")
    return redirect("forum:archive")


def _etag(request, token) -> str | None:
    if feeds.person_of(token) is None:
        return None
    seen = "".join(
        f"{one.pk}{feeds.changed_at(one).timestamp()}{one.status}{one.due}{one.owned_by}" for one in feeds.latest()
    )
    return f'"{feeds.hash_of(seen)[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=_etag)
def feed(request, token):
    """What the forum published, to whoever has somebody's address of it."""
    if feeds.person_of(token) is None:
        raise Http404
    force = Force.objects.first()
    address = settings.PORTAL_URL + reverse("forum:archive")
    own = settings.PORTAL_URL + request.path
    content = feeds.as_atom(feeds.latest(), address=address, own=own, force=force.name if force else "")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _has_feed(request) -> bool:
    return Feed.objects.filter(person=request.user).exists()
