"""When an action refuses what a page asked for: the sentence, and the page that shows how things stand."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect


def done(form, act: Callable[[], object]) -> bool:
    """Whether the action went through; what it refuses stands in the form, beside the field it is about."""
    try:
        act()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def say_why(*, on: str, with_its_key: bool = False):
    """Decorator of a view: a ValidationError becomes a message on the page `on` (the name of its address), with the
    same key in its address where `with_its_key`.

    For what no form could ask before: a button on a page that was overtaken in another window. Actions
    are atomic, so nothing is half done.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except ValidationError as refusal:
                for sentence in refusal.messages:
                    messages.error(request, sentence)
                return redirect(on, **(kwargs if with_its_key else {}))

        return wrapped

    return decorate
