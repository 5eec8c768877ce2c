"""The minutes of a meeting on its page."""

from django import template

from forum import policy
from forum.queries import minutes as queries

register = template.Library()


@register.inclusion_tag("forum/minutes/of_meeting.html", takes_context=True)
def minutes_of(context, meeting):
    """The way to them, for those who may read them; the page asks who that is."""
    return {"meeting": meeting, "minutes": queries.minutes_of(meeting), "runs": policy.runs(context["user"])}
