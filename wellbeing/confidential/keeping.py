"""What arrives from a form whose author is not signed in here: kept for them, sealed, and shown to nobody else.

Nor is the page's address kept, unless the page says so (`afterwards`): whoever signs in next at that computer would be
led to what somebody else was writing.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from wellbeing.web import sign_in_first

from . import drafts

KEPT = "What you typed is kept for you. Sign in, and you find it where you wrote it."


def say_so(request, form: str) -> None:
    """Tell whoever is led away that nothing is lost."""
    messages.success(request, KEPT)


def keeps_what_is_typed(
    typed_into: Callable, *, may_save: Callable, afterwards: Callable = say_so
) -> Callable[[Callable], Callable]:
    """Decorator for a page with a form: asks for a sign-in itself, after keeping what arrived without one.

    `typed_into(request.POST)` is what to keep of it; `may_save(request)`, whether this session is good for the page;
    `afterwards(request, form)` is called once something was kept for its author.
    """

    def decorate(view):
        @login_not_required
        @sensitive_post_parameters()
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            is_known = request.user.is_authenticated
            is_good = is_known and may_save(request)
            named = drafts.read_ticket(request.POST.get("ticket", ""))
            if named and not (is_good and named[0] == request.user):
                if elsewhere := _keep(request, named, typed_into(request.POST)):
                    return elsewhere
                afterwards(request, named[1])
            if not is_known:
                return sign_in_first.ask(request)
            return view(request, *args, **kwargs) if is_good else redirect("second_factor_needed")

        return wrapped

    return decorate


def _keep(request, named: tuple, answers: dict):
    """Keep what was typed for whom the ticket names (`named`); returns where to lead somebody else, for others None."""
    author, form = named
    drafts.keep_for(author, form=form, answers=answers)
    if request.user.is_authenticated and author != request.user:
        messages.warning(request, "Somebody else typed this. It is kept for them until they sign in again.")
        return redirect("home")
    return None
