"""What the secretary types into a long form is not lost when the session ends: it is kept for them, sealed."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.debug import sensitive_post_parameters

from wellbeing.confidential import drafts
from wellbeing.confidential.keeping import keep_for_its_author
from wellbeing.web import sign_in_first

KEPT = "What you typed is kept for you. Sign in, and you find it where you wrote it."
_NOT_TYPED = {"csrfmiddlewaretoken", "ticket", "save", "preview", "again", "take", "marking"}


def keeps_what_is_typed(view):
    """Decorator for such a page: asks for a sign-in itself, after keeping what arrived."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        named = drafts.read_ticket(request.POST.get("ticket", ""))
        if named and named[0] != request.user:
            typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
            if elsewhere := keep_for_its_author(request, named, typed):
                return elsewhere
            messages.success(request, KEPT)
        return view(request, *args, **kwargs) if request.user.is_authenticated else sign_in_first.ask(request)

    return wrapped


def with_kept(request, form_class, *, key: str, **options):
    """The form as it was sent, or with what is kept of it for the reader, or as `options` begin it; carrying its
    ticket."""
    kept = drafts.find(author=request.user, form=key) if request.method == "GET" else None
    typed = {name: values[0] for name, values in kept.answers.items()} if kept else {}
    ticket = drafts.ticket(author=request.user, form=key)
    initial = options.pop("initial", {}) | typed | {"ticket": ticket}
    return form_class(request.POST or None, initial=initial, **options)


def let_go(request, key: str) -> None:
    """It is saved, or no longer wanted: nothing is kept of it."""
    drafts.drop(author=request.user, form=key)
