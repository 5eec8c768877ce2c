"""What somebody types into a story is not lost when their session ends: it is kept for them, sealed.

The address is not: whoever signs in next at that computer would be led to the story of somebody else.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.debug import sensitive_post_parameters

from wellbeing.confidential import drafts
from wellbeing.confidential.keeping import keep_for_its_author
from wellbeing.web import sign_in_first
from wellbeing.web.assurance import is_unconfirmed, while_certain

from ..forms.stories import StoryForm

KEPT = "What you typed is kept for you. Sign in, and you find it where you wrote it."


def keeps_what_is_typed(view):
    """Decorator for the page on which a story is written: asks for a sign-in itself, after keeping what arrived."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        named = drafts.read_ticket(request.POST.get("ticket", ""))
        if named and (named[0] != request.user or is_unconfirmed(request.user)):
            if elsewhere := keep_for_its_author(request, named, _typed(request)):
                return elsewhere
            messages.success(request, KEPT)
        if not request.user.is_authenticated:
            return sign_in_first.ask(request)
        return while_certain(view)(request, *args, **kwargs)

    return wrapped


def _typed(request) -> dict:
    return {name: request.POST.getlist(name) for name in StoryForm.base_fields if name in request.POST}
