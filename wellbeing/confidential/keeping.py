"""What arrives from a form whose author is not signed in here: kept for them, sealed, and shown to nobody else."""

from django.contrib import messages
from django.shortcuts import redirect

from . import drafts


def keep_for_its_author(request, named: tuple, answers: dict):
    """Keep what was typed for whom the ticket names (`named`); returns where to lead somebody else, for others None."""
    author, form = named
    drafts.keep_for(author, form=form, answers=answers)
    if request.user.is_authenticated and author != request.user:
        messages.warning(request, "Somebody else typed this. It is kept for them until they sign in again.")
        return redirect("home")
    return None
