"""The outcomes of a meeting on its page."""

from django import template

from forum import policy
from forum.queries import outcomes as queries

register = template.Library()


@register.inclusion_tag("forum/outcomes/of_meeting.html", takes_context=True)
def outcomes_of(context, meeting):
    """Its published outcomes; for the secretary, the drafts as a number and the way to them."""
    runs = policy.runs(context["user"])
    shown = queries.whole(meeting.outcomes.published())
    drafts = meeting.outcomes.filter(published_at__isnull=True).count() if runs else 0
    return {"meeting": meeting, "outcomes": shown, "runs": runs, "drafts": drafts}
