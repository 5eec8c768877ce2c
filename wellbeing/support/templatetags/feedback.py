"""`{% did_this_help "guidance" page.pk %}`: three buttons, and nothing else is asked."""

from django import template

from ..models import Answer

register = template.Library()


@register.inclusion_tag("support/did_this_help.html", takes_context=True)
def did_this_help(context, kind, key):
    """The question under a page; nothing for whoever is not signed in, and in the frame of My plan."""
    user = context.get("user")
    is_asked = bool(user and user.is_authenticated and not context.get("door"))
    return {
        "is_asked": is_asked,
        "kind": kind,
        "key": key,
        "answers": Answer.choices,
        "csrf_token": context.get("csrf_token"),
    }
