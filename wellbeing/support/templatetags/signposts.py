"""Signposts: which services help with what a page is about."""

from django import template

from wellbeing.support import hours, queries

register = template.Library()


@register.inclusion_tag("support/signposts.html", takes_context=True)
def signposts(context, topics) -> dict:
    """The services for these topics, for where the reader works, and the way to all others.

    Without any, and at night, the lines that always answer. In the frame of somebody who is away, no way out of it.
    """
    request = context.get("request")
    division = queries.division_of(getattr(request, "user", None))
    found = queries.signposts(topics or [], division=division)
    return {"services": found, "is_night": hours.is_night(), "door": context.get("door")}
