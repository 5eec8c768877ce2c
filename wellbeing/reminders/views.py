from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from . import actions, policy, queries


@require_safe
def show(request):
    """What waits for the reader, and nobody else's."""
    return render(request, "reminders/list.html", {"items": queries.items_for(request.user)})


@require_POST
def put_away(request, pk):
    """The reader has seen one reminder."""
    reminder = get_object_or_404(policy.visible_to(request.user), pk=pk)
    actions.put_away(reminder=reminder, by=request.user)
    messages.success(request, "The reminder is off your list.")
    return redirect("reminders:list")
