"""The forum's first pages: for everybody, for those who sit there, for its secretary."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum import policy
from forum.models import Outcome
from forum.policy import RUNS
from forum.queries import agenda, boards, home, meetings, outcomes, seats
from wellbeing.web.assurance import for_permission


@require_safe
def forum(request):
    """What the forum is, what it decided last, when it meets next, and how to raise something."""
    context = {
        "next": home.next_meeting(),
        "latest": home.latest_published(),
        "sits": policy.sits(request.user),
        "runs": policy.runs(request.user),
    }
    return render(request, "forum/home.html", context)


@policy.for_members
@require_safe
def mine(request):
    """The page of whoever sits at the forum: their terms, the next meeting, what is asked of them."""
    context = {"terms": seats.own(request.user), "invitations": meetings.invitations_of(request.user)}
    context["relays"] = boards.relays_to_tell(request.user)
    return render(request, "forum/mine.html", context)


@for_permission(RUNS)
@require_safe
def secretary(request):
    """The secretary's first page: what is to be done next."""
    context = {
        "next": home.next_meeting(),
        "vacant": seats.vacant(),
        "waiting": len(agenda.waiting()),
        "not_held": meetings.not_held(),
        "to_publish": meetings.to_publish(),
        "without_owner": outcomes.without_owner(),
        "overdue": outcomes.whole(Outcome.objects.overdue()).order_by("due"),
    }
    return render(request, "forum/secretary.html", context)
