from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellbeing.web.identity import acting_as

from . import actions, feed, policy, queries, unsubscribing
from .forms import PreferencesForm, WorkingDaysForm


@require_safe
def show(request):
    """What waits for the reader, and nobody else's."""
    preferences = policy.preferences_of(request.user)
    return render(
        request, "reminders/list.html", {"items": queries.items_for(request.user), "preferences": preferences}
    )


@require_POST
def put_away(request, pk):
    """The reader has seen one reminder."""
    reminder = get_object_or_404(policy.may_be_put_away(request.user), pk=pk)
    actions.put_away(reminder=reminder, by=request.user)
    messages.success(request, "It is off your list. What it is about has not changed.")
    return redirect("reminders:list")


@require_http_methods(["GET", "POST"])
def settings(request):
    """How the reader wants to be told."""
    preferences = policy.preferences_of(request.user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, preferences=preferences)
    if form.is_valid():
        actions.set_preferences(by=request.user, **form.values())
        messages.success(request, "Your settings are saved.")
        return redirect("reminders:settings")
    shown = {"form": form, "preferences": preferences, "has_calendar": queries.has_calendar(request.user)}
    return render(request, "reminders/settings.html", shown)


@require_http_methods(["GET", "POST"])
def working_days(request):
    """On which days the reader works."""
    form = WorkingDaysForm(request.POST or None, pattern=policy.preferences_of(request.user).pattern)
    if form.is_valid():
        actions.set_pattern(by=request.user, pattern=form.pattern())
        messages.success(request, "Your working days are saved.")
        return redirect("reminders:settings")
    return render(request, "reminders/working_days.html", {"form": form})


@require_POST
def pause(request):
    actions.set_paused(by=request.user, paused=True)
    messages.success(request, "Mail is paused. Nobody is told, and nobody asks why.")
    return redirect("reminders:list")


@require_POST
def resume(request):
    actions.set_paused(by=request.user, paused=False)
    messages.success(request, "Mail comes again.")
    return redirect("reminders:list")


@require_http_methods(["GET", "POST"])
def open_calendar(request):
    """The calendar's address, shown this once: it is kept nowhere. Whoever comes back to the page makes no new one."""
    if request.method == "GET":
        return redirect("reminders:settings")
    token = actions.open_calendar(by=request.user)
    address = django_settings.PORTAL_URL + reverse("reminders:calendar", args=[token])
    return render(request, "reminders/calendar.html", {"address": address})


@require_POST
def close_calendar(request):
    actions.close_calendar(by=request.user)
    messages.success(request, "The address of your calendar no longer works.")
    return redirect("reminders:settings")


@login_not_required
@require_safe
def calendar(request, token):
    """Somebody's dates, to whoever has their calendar's address; the database shows what its owner may see."""
    person = feed.person_of(token)
    if person is None:
        raise Http404
    with acting_as(person):
        content = feed.as_ics(feed.entries_of(person))
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="wellbeing-portal.ics"',
        },
    )


@login_not_required
@csrf_exempt  # mail programs post here by themselves, without a cookie; the token is the key
@require_http_methods(["GET", "POST"])
def unsubscribe(request, token):
    """Switch mail off from a link in a mail; asking for the page changes nothing."""
    person = unsubscribing.person_of(token)
    if person and request.method == "POST":
        with acting_as(person):
            actions.switch_mail_off(by=person)
    done = request.method == "POST"
    return render(request, "reminders/unsubscribe.html", {"known": person, "done": done}, status=200 if person else 404)
